"""Return visits: the month's seed, what was drawn, and who was tried when."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_seed",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=128), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_visit_seed"),
    )
    op.create_table(
        "visit_draw",
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=128), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_visit_draw_ticket_number"),
        sa.ForeignKeyConstraint(["month"], ["visit_seed.month"], name="fk_visit_draw_month"),
        sa.PrimaryKeyConstraint("ticket_number", "round", name="pk_visit_draw"),
        sa.UniqueConstraint("month", "rule", "position", name="uq_visit_draw_month_rule_position"),
    )
    op.create_table(
        "visit",
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.String(length=128), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("conduct", sa.JSON(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name="fk_visit_ticket_number"),
        sa.PrimaryKeyConstraint("ticket_number", "round", "attempt", name="pk_visit"),
    )


def downgrade() -> None:
    op.drop_table("visit")
    op.drop_table("visit_draw")
    op.drop_table("visit_seed")
