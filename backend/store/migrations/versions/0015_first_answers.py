"""When a ticket was first answered, reached or settled: kept with it, as a reopening forgets the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", sa.Column("first_answered_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE ticket SET first_answered_at = (SELECT MIN(audit.at) FROM audit"
        " WHERE audit.ticket_number = ticket.number"
        " AND (audit.event IN ('responded', 'contacted') OR audit.status = 'resolved'))"
    )


def downgrade() -> None:
    op.drop_column("ticket", "first_answered_at")
