"""Visits of key customers: planned, and what was said."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_visit",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=128), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("staff", sa.String(length=128), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.String(length=128), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_key_visit"),
        sa.UniqueConstraint("account", "planned_on", name="uq_key_visit_account_planned_on"),
    )


def downgrade() -> None:
    op.drop_table("key_visit")
