"""Gaps of knowledge and what was done about them, and tests of knowledge that staff took."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("chat_turn_closed_at", "chat_turn", ["closed_at"])
    op.create_table(
        "desk_gap",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("intent", sa.String(64)),
        sa.Column("dealt_by", sa.String(32), nullable=False),
        sa.Column("dealt_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "desk_phrase",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("intent", sa.String(64), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("marked_by", sa.String(32), nullable=False),
        sa.Column("marked_at", sa.DateTime, nullable=False),
        sa.Column("reviewed_by", sa.String(32)),
        sa.Column("reviewed_at", sa.DateTime),
        sa.Column("approved", sa.Boolean),
        sa.Column("taken_at", sa.DateTime),
        sa.UniqueConstraint("text", name="desk_phrase_once"),
    )
    op.create_table(
        "desk_knowledge_test",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("job_number", sa.String(32), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("charter", sa.String(128), nullable=False),
        sa.Column("begun_at", sa.DateTime, nullable=False),
        sa.Column("handed_in_at", sa.DateTime),
        sa.Column("score", sa.Integer),
        sa.Column("questions", sa.Integer, nullable=False),
    )
    op.create_index("desk_knowledge_test_job_number", "desk_knowledge_test", ["job_number", "handed_in_at"])


def downgrade() -> None:
    op.drop_table("desk_knowledge_test")
    op.drop_table("desk_phrase")
    op.drop_table("desk_gap")
    op.drop_index("chat_turn_closed_at", "chat_turn")
