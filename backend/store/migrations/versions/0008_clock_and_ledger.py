"""Extensions, force majeure, what excuses a promise, where it can be installed, and a ledger of each ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("promise", sa.Column("excused", sa.String(length=32), nullable=True))
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("told", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wished_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.String(length=128), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_extension_ticket_number"),
        sa.PrimaryKeyConstraint("id", name="pk_extension"),
    )
    op.create_index("ix_extension_ticket_number", "extension", ["ticket_number"])
    op.create_table(
        "force_majeure",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("area", sa.String(length=128), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by", sa.String(length=128), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_force_majeure"),
    )
    op.create_index("ix_force_majeure_area_until", "force_majeure", ["area", "until"])
    op.create_table(
        "capacity",
        sa.Column("area", sa.String(length=128), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("noted_by", sa.String(length=128), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("area", name="pk_capacity"),
    )
    op.create_table(
        "ledger",
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("words_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_ledger_ticket_number"),
        sa.PrimaryKeyConstraint("ticket_number", "position", name="pk_ledger"),
    )


def downgrade() -> None:
    op.drop_table("ledger")
    op.drop_table("capacity")
    op.drop_table("force_majeure")
    op.drop_table("extension")
    op.drop_column("promise", "excused")
