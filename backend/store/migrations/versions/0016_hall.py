"""The hall: duty log and opinion book."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_note",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=128), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("event", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=128), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_duty_note"),
        sa.UniqueConstraint("key", name="uq_duty_note_key"),
    )
    op.create_index("ix_duty_note_at", "duty_note", ["at"])
    op.create_table(
        "opinion",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(length=128), nullable=False),
        sa.Column("ticket_number", sa.String(length=20), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_opinion_ticket_number"),
        sa.PrimaryKeyConstraint("number", name="pk_opinion"),
        sa.UniqueConstraint("key", name="uq_opinion_key"),
    )


def downgrade() -> None:
    op.drop_table("opinion")
    op.drop_index("ix_duty_note_at", "duty_note")
    op.drop_table("duty_note")
