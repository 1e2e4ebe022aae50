"""Orders to the repair staff, area incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispatch",
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(length=128), nullable=False),
        sa.Column("receipt_token", sa.String(length=128), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visit_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_dispatch_ticket_number"),
        sa.PrimaryKeyConstraint("ticket_number", "turn", name="pk_dispatch"),
        sa.UniqueConstraint("receipt_token", name="uq_dispatch_receipt_token"),
    )
    for column in ("dispatched_at", "contacted_at"):
        op.add_column("ticket", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_ticket_area_status", "ticket", ["area", "status"])
    op.create_table(
        "incident",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("area", sa.String(length=128), nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("outage", sa.Integer(), nullable=True),
        sa.Column("mended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mended_by", sa.String(length=128), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["outage"], ["outage.number"], name="fk_incident_outage"),
        sa.PrimaryKeyConstraint("number", name="pk_incident"),
    )
    standing = sa.text("state IN ('proposed', 'confirmed')")
    op.create_index(
        "uq_incident_standing",
        "incident",
        ["area", "service"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_table(
        "incident_ticket",
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_incident_ticket_ticket_number"),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"], name="fk_incident_ticket_incident"),
        sa.PrimaryKeyConstraint("ticket_number", "incident", name="pk_incident_ticket"),
    )
    op.create_index("ix_incident_ticket_incident", "incident_ticket", ["incident"])


def downgrade() -> None:
    op.drop_table("incident_ticket")
    op.drop_table("incident")
    op.drop_index("ix_ticket_area_status", "ticket")
    for column in ("contacted_at", "dispatched_at"):
        op.drop_column("ticket", column)
    op.drop_table("dispatch")
