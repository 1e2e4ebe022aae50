"""Tries to sign in and who is typing, known to all processes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_try",
        sa.Column("who", sa.String(128), primary_key=True),
        sa.Column("made", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )
    op.create_table(
        "chat_typing",
        sa.Column("conversation", sa.String(64), primary_key=True),
        sa.Column("speaker", sa.String(16), primary_key=True),
        sa.Column("until", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("chat_typing")
    op.drop_table("desk_try")
