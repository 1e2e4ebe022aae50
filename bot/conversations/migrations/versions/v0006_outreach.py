"""How a notice reached its customer, who has the chat open, and the calls that we place."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_notice", sa.Column("reach", sa.String(16)))
    op.add_column("chat_notice", sa.Column("visit", sa.String(32)))
    op.create_index("chat_notice_conversation", "chat_notice", ["conversation", "seq"])
    op.create_table(
        "chat_seen",
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "chat_call",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("phone", sa.String(16), nullable=False),
        sa.Column("opening", sa.Text, nullable=False),
        sa.Column("visit", sa.String(32)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("sid", sa.String(64)),
    )


def downgrade() -> None:
    op.drop_table("chat_call")
    op.drop_table("chat_seen")
    op.drop_index("chat_notice_conversation", "chat_notice")
    op.drop_column("chat_notice", "visit")
    op.drop_column("chat_notice", "reach")
