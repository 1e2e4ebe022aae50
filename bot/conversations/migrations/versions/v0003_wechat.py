"""The WeChat channel: its token, who follows, what may be sent, who sends it, tries of a message, photos to fetch."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wechat_token",
        sa.Column("app_id", sa.String(64), primary_key=True),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("renewing_until", sa.DateTime, nullable=False),
    )
    op.create_table(
        "wechat_follower",
        sa.Column("openid", sa.String(64), primary_key=True),
        sa.Column("follows", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "wechat_allowance",
        sa.Column("openid", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("remaining", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("closes_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "wechat_delivery",
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), primary_key=True),
        sa.Column("not_before", sa.DateTime, nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("held_until", sa.DateTime, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )
    op.create_table(
        "wechat_try",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("given", sa.Integer, nullable=False),
        sa.Column("given_after", sa.Integer, nullable=False),
        sa.Column("given_up_to", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("wechat_try_at", "wechat_try", ["at"])
    op.create_table(
        "wechat_photo",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversation.id"), nullable=False),
        sa.Column("media_id", sa.String(256), nullable=False),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("not_before", sa.DateTime, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for table in ("photo", "try", "delivery", "allowance", "follower", "token"):
        op.drop_table(f"wechat_{table}")
