"""Tickets, matters, promises, audit, numbers of the day, failed attempts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "day_counter",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_counter")),
    )
    op.create_table(
        "failed_attempt",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_attempt")),
    )
    op.create_index(op.f("ix_failed_attempt_conversation_at"), "failed_attempt", ["conversation", "at"], unique=False)
    op.create_index(op.f("ix_failed_attempt_ticket_number_at"), "failed_attempt", ["ticket_number", "at"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("matter_id", sa.String(length=128), nullable=False),
        sa.Column("ticket_type", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("grade", sa.String(length=32), nullable=False),
        sa.Column("reported_severity", sa.String(length=128), nullable=True),
        sa.Column("service", sa.String(length=32), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("area", sa.String(length=128), nullable=True),
        sa.Column("district", sa.String(length=32), nullable=True),
        sa.Column("contact_phone", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("agent", sa.String(length=128), nullable=True),
        sa.Column("accepted_at", MOMENT, nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=True),
        sa.Column("requested_text", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(length=128), nullable=False),
        sa.Column("owner_phone", sa.String(length=128), nullable=False),
        sa.Column("owner_role", sa.String(length=128), nullable=False),
        sa.Column("owner_sample", sa.Boolean(), nullable=False),
        sa.Column("owner_chosen_by", sa.String(length=128), nullable=False),
        sa.Column("handler", sa.String(length=128), nullable=False),
        sa.Column("area_manager", sa.String(length=128), nullable=True),
        sa.Column("needs_return_visit", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=True),
        sa.Column("status_changed_at", MOMENT, nullable=False),
        sa.Column("status_changed_by", sa.String(length=128), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("responded_at", MOMENT, nullable=True),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("visited_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("times_reopened", sa.Integer(), nullable=False),
        sa.Column("charter_operator", sa.String(length=128), nullable=False),
        sa.Column("charter_version", sa.String(length=128), nullable=False),
        sa.Column("charter_digest", sa.String(length=128), nullable=False),
        sa.CheckConstraint("owner <> ''", name=op.f("ck_ticket_owner_named")),  # R2.1
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ticket")),
        sa.UniqueConstraint("matter_id", name=op.f("uq_ticket_matter_id")),
    )
    op.create_index(op.f("ix_ticket_accepted_at"), "ticket", ["accepted_at"], unique=False)
    op.create_index(
        op.f("ix_ticket_contact_phone_ticket_type_subject"),
        "ticket",
        ["contact_phone", "ticket_type", "subject"],
        unique=False,
    )
    op.create_index(op.f("ix_ticket_conversation"), "ticket", ["conversation"], unique=False)
    op.create_index(op.f("ix_ticket_status_owner"), "ticket", ["status", "owner"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("done_by", sa.String(length=128), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name=op.f("fk_audit_ticket_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_ticket_number_event"), "audit", ["ticket_number", "event"], unique=False)
    op.create_table(
        "matter",
        sa.Column("matter_id", sa.String(length=128), nullable=False),
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name=op.f("fk_matter_ticket_number")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_matter")),
    )
    op.create_table(
        "promise",
        sa.Column("ticket_number", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("breached", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("clause", sa.String(length=128), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=128), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("mark", sa.String(length=32), nullable=True),
        sa.Column("limit_amount", sa.Integer(), nullable=True),
        sa.Column("limit_unit", sa.String(length=32), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("told_due", MOMENT, nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("charter_version", sa.String(length=128), nullable=False),
        sa.Column("charter_digest", sa.String(length=128), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name=op.f("fk_promise_ticket_number")),
        sa.PrimaryKeyConstraint("ticket_number", "position", name=op.f("pk_promise")),
    )
    op.create_index(op.f("ix_promise_provisional"), "promise", ["provisional"], unique=False)


def downgrade() -> None:
    for table in ("failed_attempt", "day_counter", "audit", "promise", "matter", "ticket"):
        op.drop_table(table)
