"""Why what was said to a customer does not reach them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_conversation", sa.Column("obstacle", sa.String(16)))


def downgrade() -> None:
    op.drop_column("chat_conversation", "obstacle")
