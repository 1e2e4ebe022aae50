"""Who a conversation is with on its channel, what has been pushed there, photos, cards and authors of messages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_conversation", sa.Column("peer", sa.String(128)))
    op.add_column("chat_conversation", sa.Column("phone", sa.String(16)))
    op.add_column("chat_conversation", sa.Column("delivered", sa.Integer, nullable=False, server_default="0"))
    op.create_index("chat_conversation_peer", "chat_conversation", ["channel", "peer"], unique=True)
    op.create_index("chat_conversation_phone", "chat_conversation", ["phone"])
    op.add_column("chat_message", sa.Column("author", sa.String(16)))
    op.add_column("chat_message", sa.Column("card", sa.JSON))
    op.add_column("chat_message", sa.Column("attachment", sa.String(64)))
    op.add_column("chat_turn", sa.Column("details", sa.JSON, nullable=False, server_default="{}"))
    op.create_table(
        "chat_attachment",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), nullable=False),
        sa.Column("media_type", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("chat_attachment_conversation", "chat_attachment", ["conversation"])


def downgrade() -> None:
    op.drop_table("chat_attachment")
    op.drop_column("chat_turn", "details")
    for column in ("attachment", "card", "author"):
        op.drop_column("chat_message", column)
    for index in ("chat_conversation_phone", "chat_conversation_peer"):
        op.drop_index(index, "chat_conversation")
    for column in ("delivered", "phone", "peer"):
        op.drop_column("chat_conversation", column)
