"""When due work is tried next stands beside when it is due; a scan reads only what is of its kind."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORK = sa.text("finished_at IS NULL AND dead_at IS NULL AND lane IS NULL")
MESSAGES = sa.text("finished_at IS NULL AND dead_at IS NULL AND lane IS NOT NULL")
DEAD = sa.text("dead_at IS NOT NULL")
UNFINISHED = sa.text("finished_at IS NULL AND dead_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_due_work_unfinished_at", "due_work")
    op.drop_index("ix_due_work_unfinished_lane", "due_work")
    op.add_column("due_work", sa.Column("try_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE due_work SET try_at = at")
    with op.batch_alter_table("due_work") as due_work:
        due_work.alter_column("try_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_index("ix_due_work_work", "due_work", ["try_at", "id"], sqlite_where=WORK, postgresql_where=WORK)
    for name, columns in (("ix_due_work_messages", ["try_at", "id"]), ("ix_due_work_lane", ["lane", "id"])):
        op.create_index(name, "due_work", columns, sqlite_where=MESSAGES, postgresql_where=MESSAGES)
    op.create_index("ix_due_work_dead", "due_work", ["dead_at"], sqlite_where=DEAD, postgresql_where=DEAD)


def downgrade() -> None:
    for name in ("ix_due_work_dead", "ix_due_work_lane", "ix_due_work_messages", "ix_due_work_work"):
        op.drop_index(name, "due_work")
    op.drop_column("due_work", "try_at")
    for name, columns in (("ix_due_work_unfinished_at", ["at"]), ("ix_due_work_unfinished_lane", ["lane", "id"])):
        op.create_index(name, "due_work", columns, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)
