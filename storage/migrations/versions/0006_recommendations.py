"""What wishes and suggestions need

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_DOCUMENT = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "need",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("draft_id", _KEY, nullable=True),
        sa.Column("pick_id", _KEY, nullable=True),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("merged_into_id", _KEY, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["chat_group.id"]),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["pick_id"], ["pick.id"]),
        sa.ForeignKeyConstraint(["merged_into_id"], ["need.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_need_group_id_closed_at", "need", ["group_id", "closed_at"])
    op.create_index("ix_need_draft_id", "need", ["draft_id"])
    op.create_index("ix_need_pick_id", "need", ["pick_id"])
    op.create_table(
        "wish",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("need_id", _KEY, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("limit_amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("wanted_by", _MOMENT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.CheckConstraint("quantity > 0", name="ck_wish_quantity"),
        sa.ForeignKeyConstraint(["group_id"], ["chat_group.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id", "message_id", name="uq_wish_group_id_message_id"),
    )
    op.create_index("ix_wish_need_id", "wish", ["need_id"])
    op.create_index("ix_wish_person_id_id", "wish", ["person_id", "id"])
    op.create_index("ix_wish_group_id_closed_at", "wish", ["group_id", "closed_at"])
    op.create_index(
        "ix_wish_expires_at", "wish", ["expires_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "dismissal",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("origin_id", _KEY, nullable=False),
        sa.Column("dismissed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["origin_id"], ["offer.id"]),
        sa.PrimaryKeyConstraint("person_id", "origin_id"),
    )
    op.create_table(
        "ranking",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("best", _DOCUMENT, nullable=False),
        sa.Column("ranked_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_table(
        "ranking_run",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=True),
        sa.Column("fitted_at", _MOMENT, nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=True),
        sa.Column("popular", _DOCUMENT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    """Take back."""
    for table in ("ranking_run", "ranking", "dismissal", "wish", "need"):
        op.drop_table(table)
