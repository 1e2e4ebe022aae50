"""Codes sent to phones, the phones that conversations are bound to, and messages that lapse."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_code",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(length=128), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_phone_code"),
    )
    op.create_index("ix_phone_code_conversation_request_id", "phone_code", ["conversation", "request_id"], unique=True)
    op.create_index("ix_phone_code_phone_sent_at", "phone_code", ["phone", "sent_at"])
    op.create_index("ix_phone_code_sent_at", "phone_code", ["sent_at"])
    op.add_column("outbox", sa.Column("not_after", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "bound_phone",
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "phone", name="pk_bound_phone"),
    )


def downgrade() -> None:
    op.drop_column("outbox", "not_after")
    op.drop_table("bound_phone")
    op.drop_table("phone_code")
