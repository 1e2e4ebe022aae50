"""Conversations that have proven a ticket are not locked out of it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proven",
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_proven_ticket_number"),
        sa.PrimaryKeyConstraint("ticket_number", "conversation", name="pk_proven"),
    )


def downgrade() -> None:
    op.drop_table("proven")
