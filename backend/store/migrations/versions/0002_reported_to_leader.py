"""Urgent matters are reported to the leader (R2.6)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", sa.Column("reported_to", sa.String(length=128), nullable=True))


def downgrade() -> None:
    op.drop_column("ticket", "reported_to")
