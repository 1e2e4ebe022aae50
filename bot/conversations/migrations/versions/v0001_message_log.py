"""The message log: conversations, messages, turns, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_conversation",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
    )
    op.create_table(
        "chat_message",
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("speaker", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("buttons", sa.JSON, nullable=False),
        sa.Column("client_id", sa.String(128)),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("conversation", "client_id", name="chat_message_once"),
    )
    op.create_table(
        "chat_turn",
        sa.Column("conversation", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.Column("told_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
        sa.ForeignKeyConstraint(["conversation", "number"], ["chat_message.conversation", "chat_message.seq"]),
    )
    op.create_index("chat_turn_state", "chat_turn", ["state", "conversation", "number"])
    op.create_table(
        "chat_notice",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for table in ("chat_notice", "chat_turn", "chat_message", "chat_conversation"):
        op.drop_table(table)
