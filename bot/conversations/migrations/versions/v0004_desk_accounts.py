"""The desk: accounts of staff, their sessions, and the audit, which nobody changes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_account",
        sa.Column("job_number", sa.String(32), primary_key=True),
        sa.Column("password_hash", sa.String(256), nullable=False),
        sa.Column("one_time", sa.Boolean, nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("job_number", sa.String(32), sa.ForeignKey("desk_account.job_number"), nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )
    op.create_index("desk_session_job_number", "desk_session", ["job_number"])
    op.create_table(
        "desk_audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("about", sa.String(128), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("desk_audit_about", "desk_audit", ["about", "id"])
    op.create_index("desk_audit_who", "desk_audit", ["who", "id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION desk_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'desk_audit is append only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER desk_audit_kept BEFORE UPDATE OR DELETE ON desk_audit"
            " FOR EACH ROW EXECUTE FUNCTION desk_audit_is_kept()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER desk_audit_kept_{change.lower()} BEFORE {change} ON desk_audit"
            " BEGIN SELECT RAISE(ABORT, 'desk_audit is append only'); END"
        )


def downgrade() -> None:
    for table in ("desk_audit", "desk_session", "desk_account"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION desk_audit_is_kept()")
