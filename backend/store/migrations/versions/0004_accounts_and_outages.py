"""Sample customers, attempts to prove an account, announced outages."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_account",
        sa.Column("number", sa.String(length=128), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("balance_fen", sa.Integer(), nullable=False),
        sa.Column("paid_until", sa.Date(), nullable=True),
        sa.Column("package", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("area", sa.String(length=128), nullable=True),
        sa.Column("important", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_customer_account"),
    )
    op.create_index("ix_customer_account_phone", "customer_account", ["phone"])
    op.create_table(
        "account_attempt",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_number", sa.String(length=128), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_attempt"),
    )
    op.create_index("ix_account_attempt_conversation_at", "account_attempt", ["conversation", "at"])
    op.create_index("ix_account_attempt_account_number_at", "account_attempt", ["account_number", "at"])
    op.create_table(
        "outage",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=128), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_by", sa.String(length=128), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_outage"),
    )
    op.create_index("ix_outage_ended_at_area", "outage", ["ended_at", "area"])


def downgrade() -> None:
    op.drop_table("outage")
    op.drop_table("account_attempt")
    op.drop_table("customer_account")
