"""When a phone was shown to be the customer's, and until when that holds."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_conversation", sa.Column("verified_at", sa.DateTime))
    op.add_column("chat_conversation", sa.Column("verified_until", sa.DateTime))


def downgrade() -> None:
    op.drop_column("chat_conversation", "verified_until")
    op.drop_column("chat_conversation", "verified_at")
