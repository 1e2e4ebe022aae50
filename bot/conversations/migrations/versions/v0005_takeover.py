"""Who answers a conversation, with its audit, who is at the desk, and the number of each conversation's last change."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_conversation", sa.Column("changed", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("chat_conversation_changed", "chat_conversation", ["changed"])
    counter = op.create_table(
        "chat_change",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(counter, [{"id": 1, "last": 0}])
    op.create_table(
        "chat_takeover",
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("agent", sa.String(16)),
        sa.Column("owner", sa.String(16)),
        sa.Column("last_agent", sa.String(16)),
        sa.Column("wanted", sa.String(16)),
        sa.Column("team", sa.String(64)),
        sa.Column("wanted_until", sa.DateTime),
        sa.Column("reason", sa.String(64)),
        sa.Column("queued_at", sa.DateTime),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("told_ahead", sa.Integer),
        sa.Column("told_minutes", sa.Integer),
        sa.Column("held_at", sa.DateTime),
        sa.Column("waiting_since", sa.DateTime),
        sa.Column("quiet_since", sa.DateTime),
        sa.Column("nudged_at", sa.DateTime),
        sa.Column("reminded_at", sa.DateTime),
        sa.Column("memory", sa.JSON),
        sa.Column("memory_turn", sa.Integer),
    )
    op.create_index("chat_takeover_state", "chat_takeover", ["state", "rank", "queued_at"])
    op.create_index("chat_takeover_agent", "chat_takeover", ["agent", "state"])
    op.create_table(
        "chat_takeover_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("who", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("agent", sa.String(16)),
        sa.Column("seconds", sa.Integer),
    )
    op.create_index("chat_takeover_event_conversation", "chat_takeover_event", ["conversation", "id"])
    op.create_index("chat_takeover_event_act", "chat_takeover_event", ["act", "at"])
    op.create_table(
        "desk_presence",
        sa.Column("agent", sa.String(16), primary_key=True),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("team", sa.String(64)),
    )


def downgrade() -> None:
    for table in ("desk_presence", "chat_takeover_event", "chat_takeover", "chat_change"):
        op.drop_table(table)
    op.drop_index("chat_conversation_changed", "chat_conversation")
    op.drop_column("chat_conversation", "changed")
