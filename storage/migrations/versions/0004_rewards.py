"""What chains, rewards and promotions need

Revision: 0004, after 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORD = sa.String(length=20)
_MOMENT = sa.DateTime(timezone=True)
_DOCUMENT = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_AMOUNT_AT_FIRST_NOTHING: Any = {"server_default": "0", "nullable": False}
_AT_FIRST_NO: Any = {"server_default": sa.false(), "nullable": False}


def upgrade() -> None:
    """Apply."""
    op.create_table('admin',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('granted_by_id', sa.BigInteger(), nullable=False),
    sa.Column('granted_at', _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['granted_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('person_id')
    )
    op.create_table('coupon_guess',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('guessed_at', _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_coupon_guess_person_id_guessed_at', 'coupon_guess', ['person_id', 'guessed_at'], unique=False)
    op.create_table('chain_place',
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('referrer_id', sa.BigInteger(), nullable=True),
    sa.Column('people_below', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['referrer_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('group_id', 'person_id')
    )
    op.create_index('ix_chain_place_below', 'chain_place', ['group_id', 'referrer_id', 'people_below', 'person_id'], unique=False)
    op.create_table('downline',
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('people', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('group_id', 'person_id', 'level')
    )
    op.create_table('payout',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('method', _WORD, nullable=False),
    sa.Column('stage', _WORD, nullable=False),
    sa.Column('details', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.Column('decided_at', _MOMENT, nullable=True),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('paid_at', _MOMENT, nullable=True),
    sa.Column('paid_by_id', sa.BigInteger(), nullable=True),
    sa.Column('paid_with', _WORD, nullable=True),
    sa.CheckConstraint('amount > 0', name='ck_payout_amount'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['paid_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_payout_group_id_stage_id', 'payout', ['group_id', 'stage', 'id'], unique=False)
    op.create_index('ix_payout_person_id_group_id', 'payout', ['person_id', 'group_id'], unique=False)
    op.create_table('plan',
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('first_bps', sa.Integer(), nullable=False),
    sa.Column('second_bps', sa.Integer(), nullable=False),
    sa.Column('inviter_recommends', sa.Boolean(), nullable=False),
    sa.Column('return_days', sa.Integer(), nullable=False),
    sa.Column('order_cap_amount', sa.BigInteger(), nullable=True),
    sa.Column('month_cap_amount', sa.BigInteger(), nullable=True),
    sa.Column('pair_cap_amount', sa.BigInteger(), nullable=True),
    sa.Column('minimum_payout_amount', sa.BigInteger(), nullable=False),
    sa.Column('changed_at', _MOMENT, nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('first_bps + second_bps <= 10000', name='ck_plan_whole'),
    sa.CheckConstraint('first_bps >= 0 AND second_bps >= 0', name='ck_plan_rates'),
    sa.ForeignKeyConstraint(['changed_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.PrimaryKeyConstraint('group_id')
    )
    op.create_table('promotion',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('group_id', _KEY, nullable=True),
    sa.Column('in_all_groups', sa.Boolean(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('kind', _WORD, nullable=False),
    sa.Column('state', _WORD, nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('bps', sa.Integer(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('unit_amount', sa.BigInteger(), nullable=True),
    sa.Column('buy_quantity', sa.Integer(), nullable=True),
    sa.Column('pay_quantity', sa.Integer(), nullable=True),
    sa.Column('by_coupon', sa.Boolean(), nullable=False),
    sa.Column('first_order_only', sa.Boolean(), nullable=False),
    sa.Column('minimum_amount', sa.BigInteger(), nullable=True),
    sa.Column('minimum_quantity', sa.BigInteger(), nullable=True),
    sa.Column('stacks', sa.Boolean(), nullable=False),
    sa.Column('pays_no_commission', sa.Boolean(), nullable=False),
    sa.Column('starts_at', _MOMENT, nullable=False),
    sa.Column('ends_at', _MOMENT, nullable=True),
    sa.Column('budget_amount', sa.BigInteger(), nullable=True),
    sa.Column('uses_limit', sa.BigInteger(), nullable=True),
    sa.Column('uses_per_person', sa.Integer(), nullable=True),
    sa.Column('quantity_limit', sa.BigInteger(), nullable=True),
    sa.Column('used_count', sa.BigInteger(), nullable=False),
    sa.Column('used_quantity', sa.BigInteger(), nullable=False),
    sa.Column('spent_amount', sa.BigInteger(), nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('budget_amount IS NULL OR spent_amount <= budget_amount', name='ck_promotion_budget'),
    sa.CheckConstraint('quantity_limit IS NULL OR used_quantity <= quantity_limit', name='ck_promotion_quantity'),
    sa.CheckConstraint('used_count >= 0 AND used_quantity >= 0 AND spent_amount >= 0', name='ck_promotion_used'),
    sa.CheckConstraint('uses_limit IS NULL OR used_count <= uses_limit', name='ck_promotion_uses'),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_promotion_group_id_state', 'promotion', ['group_id', 'state'], unique=False)
    op.create_index('ix_promotion_state_ends_at', 'promotion', ['state', 'ends_at'], unique=False)
    op.create_table('campaign',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('promotion_id', _KEY, nullable=True),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('photo_id', sa.String(), nullable=True),
    sa.Column('audience', _DOCUMENT, nullable=False),
    sa.Column('state', _WORD, nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=False),
    sa.Column('launched_at', _MOMENT, nullable=True),
    sa.Column('ended_at', _MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token')
    )
    op.create_index('ix_campaign_state', 'campaign', ['state'], unique=False)
    op.create_table('coupon',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('promotion_id', _KEY, nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('shown', sa.String(), nullable=False),
    sa.Column('batch', sa.Integer(), nullable=False),
    sa.Column('uses_limit', sa.Integer(), nullable=True),
    sa.Column('used_count', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.CheckConstraint('used_count >= 0 AND (uses_limit IS NULL OR used_count <= uses_limit)', name='ck_coupon_uses'),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code')
    )
    op.create_index('ix_coupon_promotion_id_batch', 'coupon', ['promotion_id', 'batch'], unique=False)
    op.create_table('promotion_group',
    sa.Column('promotion_id', _KEY, nullable=False),
    sa.Column('group_id', _KEY, nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], ),
    sa.PrimaryKeyConstraint('promotion_id', 'group_id')
    )
    op.create_index('ix_promotion_group_group_id', 'promotion_group', ['group_id'], unique=False)
    op.create_table('promotion_offer',
    sa.Column('promotion_id', _KEY, nullable=False),
    sa.Column('offer_id', _KEY, nullable=False),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], ),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], ),
    sa.PrimaryKeyConstraint('promotion_id', 'offer_id')
    )
    op.create_index('ix_promotion_offer_offer_id', 'promotion_offer', ['offer_id'], unique=False)
    op.create_table('promotion_point',
    sa.Column('promotion_id', _KEY, nullable=False),
    sa.Column('point_id', _KEY, nullable=False),
    sa.ForeignKeyConstraint(['point_id'], ['pickup_point.id'], ),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], ),
    sa.PrimaryKeyConstraint('promotion_id', 'point_id')
    )
    op.create_table('campaign_post',
    sa.Column('campaign_id', _KEY, nullable=False),
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('state', _WORD, nullable=False),
    sa.Column('due_at', _MOMENT, nullable=False),
    sa.Column('sent_at', _MOMENT, nullable=True),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('failure', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.PrimaryKeyConstraint('campaign_id', 'group_id')
    )
    op.create_index('ix_campaign_post_state_due_at', 'campaign_post', ['campaign_id', 'state', 'due_at'], unique=False)
    op.create_table('campaign_visit',
    sa.Column('campaign_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('opened_at', _MOMENT, nullable=False),
    sa.Column('joined_at', _MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('campaign_id', 'person_id')
    )
    op.create_index('ix_campaign_visit_person_id', 'campaign_visit', ['person_id'], unique=False)
    op.create_table('coupon_holder',
    sa.Column('coupon_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('entered_at', _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['coupon_id'], ['coupon.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('coupon_id', 'person_id')
    )
    op.create_index('ix_coupon_holder_person_id', 'coupon_holder', ['person_id'], unique=False)
    op.create_table('share',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('pick_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('sent_count', sa.Integer(), nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('pick_id', 'person_id', name='uq_share_pick_id_person_id'),
    sa.UniqueConstraint('token')
    )
    op.create_index('ix_share_person_id_id', 'share', ['person_id', 'id'], unique=False)
    op.create_table('touch',
    sa.Column('pick_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('recommender_id', sa.BigInteger(), nullable=False),
    sa.Column('source', _WORD, nullable=False),
    sa.Column('touched_at', _MOMENT, nullable=False),
    sa.CheckConstraint('person_id <> recommender_id', name='ck_touch_self'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.ForeignKeyConstraint(['recommender_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('pick_id', 'person_id')
    )
    op.create_index('ix_touch_recommender_id', 'touch', ['recommender_id'], unique=False)
    op.create_table('share_visit',
    sa.Column('share_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('seen_at', _MOMENT, nullable=True),
    sa.Column('opened_at', _MOMENT, nullable=True),
    sa.Column('joined_at', _MOMENT, nullable=True),
    sa.Column('ordered_at', _MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['share_id'], ['share.id'], ),
    sa.PrimaryKeyConstraint('share_id', 'person_id')
    )
    op.create_index('ix_share_visit_person_id', 'share_visit', ['person_id'], unique=False)
    op.create_table('commission',
    sa.Column('order_id', _KEY, nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('buyer_id', sa.BigInteger(), nullable=False),
    sa.Column('earner_id', sa.BigInteger(), nullable=False),
    sa.Column('source', _WORD, nullable=False),
    sa.Column('bps', sa.Integer(), nullable=False),
    sa.Column('order_cap_amount', sa.BigInteger(), nullable=True),
    sa.Column('return_days', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('state', _WORD, nullable=False),
    sa.Column('expected_amount', sa.BigInteger(), nullable=False),
    sa.Column('accrued_amount', sa.BigInteger(), nullable=False),
    sa.Column('frozen_at', _MOMENT, nullable=False),
    sa.Column('accrued_at', _MOMENT, nullable=True),
    sa.Column('due_at', _MOMENT, nullable=True),
    sa.Column('released_at', _MOMENT, nullable=True),
    sa.Column('is_stale', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('stale_since', _MOMENT, nullable=True),
    sa.CheckConstraint('bps > 0', name='ck_commission_bps'),
    sa.CheckConstraint('earner_id <> buyer_id', name='ck_commission_self'),
    sa.CheckConstraint('level IN (1, 2)', name='ck_commission_level'),
    sa.ForeignKeyConstraint(['buyer_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['earner_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.PrimaryKeyConstraint('order_id', 'level')
    )
    op.create_index('ix_commission_buyer_id_earner_id', 'commission', ['buyer_id', 'earner_id'], unique=False)
    op.create_index('ix_commission_earner_id_group_id', 'commission', ['earner_id', 'group_id', 'accrued_at'], unique=False)
    op.create_index('ix_commission_group_id_state', 'commission', ['group_id', 'state'], unique=False)
    op.create_index('ix_commission_stale', 'commission', ['order_id'], unique=False, sqlite_where=sa.text('is_stale'), postgresql_where=sa.text('is_stale'))
    op.create_index('ix_commission_state_due_at', 'commission', ['state', 'due_at'], unique=False)
    op.create_table('flag',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('kind', _WORD, nullable=False),
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('other_id', sa.BigInteger(), nullable=True),
    sa.Column('order_id', _KEY, nullable=True),
    sa.Column('evidence', _DOCUMENT, nullable=False),
    sa.Column('merge_key', sa.String(), nullable=False),
    sa.Column('opened_at', _MOMENT, nullable=False),
    sa.Column('settled_at', _MOMENT, nullable=True),
    sa.Column('settled_by_id', sa.BigInteger(), nullable=True),
    sa.Column('outcome', _WORD, nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.ForeignKeyConstraint(['other_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('merge_key')
    )
    op.create_index('ix_flag_group_id_settled_at', 'flag', ['group_id', 'settled_at'], unique=False)
    op.create_index('ix_flag_person_id', 'flag', ['person_id'], unique=False)
    op.create_table('friend_credit',
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('friend_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('promotion_id', _KEY, nullable=False),
    sa.Column('order_id', _KEY, nullable=False),
    sa.Column('state', _WORD, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.Column('due_at', _MOMENT, nullable=False),
    sa.Column('given_at', _MOMENT, nullable=True),
    sa.CheckConstraint('person_id <> friend_id', name='ck_friend_credit_self'),
    sa.ForeignKeyConstraint(['friend_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], ),
    sa.PrimaryKeyConstraint('group_id', 'friend_id')
    )
    op.create_index('ix_friend_credit_order_id', 'friend_credit', ['order_id'], unique=False)
    op.create_index('ix_friend_credit_promotion_id', 'friend_credit', ['promotion_id'], unique=False)
    op.create_index('ix_friend_credit_state_due_at', 'friend_credit', ['state', 'due_at'], unique=False)
    op.create_table('redemption',
    sa.Column('order_id', _KEY, nullable=False),
    sa.Column('promotion_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('coupon_id', _KEY, nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('redeemed_at', _MOMENT, nullable=False),
    sa.CheckConstraint('amount >= 0', name='ck_redemption_amount'),
    sa.ForeignKeyConstraint(['coupon_id'], ['coupon.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], ),
    sa.PrimaryKeyConstraint('order_id', 'promotion_id')
    )
    op.create_index('ix_redemption_coupon_id', 'redemption', ['coupon_id'], unique=False)
    op.create_index('ix_redemption_promotion_id_person_id', 'redemption', ['promotion_id', 'person_id'], unique=False)
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.alter_column("group_id", existing_type=_KEY, nullable=True)
    op.add_column("chat_group", sa.Column("quiet_from", sa.Integer(), server_default="1260", nullable=False))
    op.add_column("chat_group", sa.Column("quiet_until", sa.Integer(), server_default="480", nullable=False))
    op.add_column(
        "chat_group", sa.Column("takes_campaigns", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.add_column("orders", sa.Column("fee_amount", sa.BigInteger(), **_AMOUNT_AT_FIRST_NOTHING))
    # SQLite adds a reference in no other way without copying the whole table.
    op.execute("ALTER TABLE orders ADD COLUMN recommender_id BIGINT REFERENCES person (id)")
    key = _KEY.compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE ledger_transaction ADD COLUMN payout_id {key} REFERENCES payout (id)")
    op.add_column("member", sa.Column("is_banned", sa.Boolean(), **_AT_FIRST_NO))
    op.add_column("person", sa.Column("hides_name", sa.Boolean(), **_AT_FIRST_NO))
    op.add_column("person", sa.Column("erased_at", _MOMENT, nullable=True))
    op.add_column("pick", sa.Column("pays_no_commission", sa.Boolean(), **_AT_FIRST_NO))
    op.add_column("pickup_point", sa.Column("fee_amount", sa.BigInteger(), **_AMOUNT_AT_FIRST_NOTHING))
    op.add_column("dead_letter", sa.Column("retry_asked_at", _MOMENT, nullable=True))
    op.create_index("ix_invite_link_person_id_created_at", "invite_link", ["person_id", "created_at"])
    op.create_index("ix_invite_link_group_id_created_at", "invite_link", ["group_id", "created_at"])
    left = sa.text("left_at IS NOT NULL")
    op.create_index(
        "ix_member_group_id_left_at",
        "member",
        ["group_id", "left_at"],
        sqlite_where=left,
        postgresql_where=left,
    )
    _lay_chains()


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_member_group_id_left_at", "member")
    op.drop_index("ix_invite_link_group_id_created_at", "invite_link")
    op.drop_index("ix_invite_link_person_id_created_at", "invite_link")
    for table, column in _ADDED:
        op.drop_column(table, column)
    op.execute("DELETE FROM audit_entry WHERE group_id IS NULL")
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.alter_column("group_id", existing_type=_KEY, nullable=False)
    for table in _TABLES:
        op.drop_table(table)


def _lay_chains() -> None:
    """Count what stands below everybody who brought somebody so far."""
    op.execute(
        """
        WITH RECURSIVE above (group_id, person_id, level) AS (
            SELECT group_id, referrer_id, 1 FROM referral
            UNION ALL
            SELECT r.group_id, r.referrer_id, a.level + 1
            FROM above AS a JOIN referral AS r ON r.group_id = a.group_id AND r.person_id = a.person_id
        )
        INSERT INTO downline (group_id, person_id, level, people)
        SELECT group_id, person_id, level, count(*) FROM above GROUP BY group_id, person_id, level
        """
    )
    op.execute(
        """
        INSERT INTO chain_place (group_id, person_id, referrer_id, people_below)
        SELECT p.group_id, p.person_id, r.referrer_id, coalesce(sum(d.people), 0)
        FROM (
            SELECT group_id, person_id FROM referral UNION SELECT group_id, referrer_id FROM referral
        ) AS p
        LEFT JOIN referral AS r ON r.group_id = p.group_id AND r.person_id = p.person_id
        LEFT JOIN downline AS d ON d.group_id = p.group_id AND d.person_id = p.person_id
        GROUP BY p.group_id, p.person_id, r.referrer_id
        """
    )


_TABLES = (
    "redemption",
    "friend_credit",
    "flag",
    "commission",
    "share_visit",
    "touch",
    "share",
    "coupon_holder",
    "campaign_visit",
    "campaign_post",
    "promotion_point",
    "promotion_offer",
    "promotion_group",
    "coupon",
    "campaign",
    "promotion",
    "plan",
    "payout",
    "downline",
    "chain_place",
    "coupon_guess",
    "admin",
)
_ADDED = (
    ("dead_letter", "retry_asked_at"),
    ("pickup_point", "fee_amount"),
    ("pick", "pays_no_commission"),
    ("person", "erased_at"),
    ("person", "hides_name"),
    ("member", "is_banned"),
    ("ledger_transaction", "payout_id"),
    ("orders", "recommender_id"),
    ("orders", "fee_amount"),
    ("chat_group", "takes_campaigns"),
    ("chat_group", "quiet_until"),
    ("chat_group", "quiet_from"),
)
