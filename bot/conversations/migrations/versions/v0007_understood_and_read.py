"""What the engine understood of a turn, and how far agent and customer have read."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_turn", sa.Column("understood", sa.JSON))
    for reader in ("agent_read", "customer_read"):
        op.add_column("chat_conversation", sa.Column(reader, sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    for reader in ("customer_read", "agent_read"):
        op.drop_column("chat_conversation", reader)
    op.drop_column("chat_turn", "understood")
