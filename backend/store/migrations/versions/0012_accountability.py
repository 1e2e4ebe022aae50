"""Cases of accountability, hand-overs of shifts and recorded faults."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accountability_case",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("breach", sa.String(length=32), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("against", sa.String(length=32), nullable=False),
        sa.Column("answerable", sa.String(length=128), nullable=False),
        sa.Column("department", sa.String(length=128), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("heard_by", sa.String(length=128), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("gravity", sa.String(length=32), nullable=True),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("heavier", sa.JSON(), nullable=False),
        sa.Column("lighter", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("carried_out_from", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_accountability_case_ticket_number"),
        sa.PrimaryKeyConstraint("number", name="pk_accountability_case"),
        sa.UniqueConstraint("key", name="uq_accountability_case_key"),
    )
    op.create_index("ix_accountability_case_opened_at", "accountability_case", ["opened_at"])
    op.create_table(
        "handover",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("leaving", sa.String(length=128), nullable=False),
        sa.Column("taking", sa.String(length=128), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_handover"),
    )
    op.create_table(
        "recorded_fault",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member", sa.String(length=128), nullable=False),
        sa.Column("fault", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=128), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_recorded_fault"),
    )
    op.create_index("ix_recorded_fault_on", "recorded_fault", ["on"])


def downgrade() -> None:
    op.drop_table("recorded_fault")
    op.drop_table("handover")
    op.drop_table("accountability_case")
