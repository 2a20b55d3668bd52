"""What curating needs: drafts, tiers, teams, pick-up points, questions, proposals, the audit log

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger()
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table('pickup_point',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('group_id', 'name', name='uq_pickup_point_group_id_name')
    )
    op.create_table('forum_topic',
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('is_closed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.PrimaryKeyConstraint('group_id', 'topic_id')
    )
    op.create_table('offer_photo',
    sa.Column('offer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('photo_id', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], ),
    sa.PrimaryKeyConstraint('offer_id', 'position')
    )
    op.create_table('point_helper',
    sa.Column('point_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['point_id'], ['pickup_point.id'], ),
    sa.PrimaryKeyConstraint('point_id', 'person_id')
    )
    op.create_index('ix_point_helper_person_id', 'point_helper', ['person_id'], unique=False)
    op.create_table('tier',
    sa.Column('offer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit_amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity > 0', name='ck_tier_quantity'),
    sa.CheckConstraint('unit_amount > 0', name='ck_tier_unit_amount'),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], ),
    sa.PrimaryKeyConstraint('offer_id', 'quantity')
    )
    op.create_table('draft',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('pick_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_draft_person_id_id', 'draft', ['person_id', 'id'], unique=False)
    op.create_table('pick_point',
    sa.Column('pick_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('point_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.ForeignKeyConstraint(['point_id'], ['pickup_point.id'], ),
    sa.PrimaryKeyConstraint('pick_id', 'point_id')
    )
    op.create_table('proposal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('photo_id', sa.String(), nullable=True),
    sa.Column('has_bought', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('draft_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('pick_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_proposal_group_id_state', 'proposal', ['group_id', 'state'], unique=False)
    op.create_index('ix_proposal_person_id_state', 'proposal', ['person_id', 'state'], unique=False)
    op.create_table('question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('pick_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('answer_message_id', sa.BigInteger(), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_question_pick_id_id', 'question', ['pick_id', 'id'], unique=False)
    op.create_index('ix_question_message_id', 'question', ['message_id'], unique=False)
    op.create_table('reminder',
    sa.Column('pick_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.PrimaryKeyConstraint('pick_id', 'person_id')
    )
    op.create_index('ix_reminder_due_at', 'reminder', ['due_at'], unique=False)
    op.create_table('team',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('pick_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('leader_id', sa.BigInteger(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['leader_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_team_pick_id_state', 'team', ['pick_id', 'state'], unique=False)
    op.create_index('ix_team_state_expires_at', 'team', ['state', 'expires_at'], unique=False)
    op.create_table('team_member',
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('fallback', sa.String(length=20), nullable=False),
    sa.Column('solo_amount', sa.BigInteger(), nullable=True),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.PrimaryKeyConstraint('team_id', 'person_id')
    )
    op.create_table('audit_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('pick_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('details', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['pick_id'], ['pick.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_audit_entry_group_id_id', 'audit_entry', ['group_id', 'id'], unique=False)
    op.create_table('price_consent',
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_amount', sa.BigInteger(), nullable=False),
    sa.Column('kept', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.PrimaryKeyConstraint('order_id')
    )
    op.add_column('chat_group', sa.Column('overview_message_id', sa.BigInteger(), nullable=True))
    op.add_column('chat_group', sa.Column('hides_overview', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('member', sa.Column('is_appointed', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('member', sa.Column('own_picks_only', sa.Boolean(), server_default=sa.false(), nullable=False))
    _add_reference("offer", "group_id", _KEY, "chat_group")
    _add_reference("offer", "curator_id", _ID, "person")
    op.add_column('offer', sa.Column('code', sa.String(), nullable=True))
    op.add_column('offer', sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index('ix_offer_group_id_title', 'offer', ['group_id', 'title'], unique=False)
    op.add_column('offer', sa.Column('option_names', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'), nullable=True))
    op.add_column('offer', sa.Column('minimum_quantity', sa.BigInteger(), nullable=True))
    op.add_column('offer', sa.Column('limit_per_person', sa.BigInteger(), nullable=True))
    op.add_column('offer', sa.Column('team_price_amount', sa.BigInteger(), nullable=True))
    op.add_column('offer', sa.Column('team_size', sa.Integer(), nullable=True))
    op.add_column('offer', sa.Column('team_hours', sa.Integer(), nullable=True))
    _add_reference("order_event", "by_id", _ID, "person")
    _add_reference("orders", "pickup_point_id", _KEY, "pickup_point")
    _add_reference("orders", "team_id", _KEY, "team")
    op.add_column('orders', sa.Column('code', sa.String(), nullable=True))
    has_code = sa.text("code IS NOT NULL")
    op.create_index('uq_orders_code', 'orders', ['code'], unique=True, sqlite_where=has_code, postgresql_where=has_code)
    op.add_column('orders', sa.Column('handed_over_at', sa.DateTime(timezone=True), nullable=True))
    _add_reference("orders", "handed_over_by_id", _ID, "person")
    _add_reference("pick", "vouched_by_id", _ID, "person")
    op.add_column('pick', sa.Column('vouch_words', sa.String(), nullable=True))
    op.add_column('pick', sa.Column('reason', sa.String(), nullable=True))
    op.add_column('pick', sa.Column('final_amount', sa.BigInteger(), nullable=True))
    op.add_column('pick', sa.Column('final_quantity', sa.BigInteger(), nullable=True))
    op.add_column('order_event', sa.Column('unit_amount', sa.BigInteger(), nullable=True))
    op.add_column('variant', sa.Column('options', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column('variant', 'options')
    op.drop_column('order_event', 'unit_amount')
    op.drop_column('pick', 'final_quantity')
    op.drop_column('pick', 'final_amount')
    op.drop_column('pick', 'reason')
    op.drop_column('pick', 'vouch_words')
    op.drop_column('pick', 'vouched_by_id')
    op.drop_column('orders', 'handed_over_by_id')
    op.drop_column('orders', 'handed_over_at')
    op.drop_index('uq_orders_code', table_name='orders')
    op.drop_column('orders', 'code')
    op.drop_column('orders', 'team_id')
    op.drop_column('orders', 'pickup_point_id')
    op.drop_column('order_event', 'by_id')
    op.drop_column('offer', 'team_hours')
    op.drop_column('offer', 'team_size')
    op.drop_column('offer', 'team_price_amount')
    op.drop_column('offer', 'limit_per_person')
    op.drop_column('offer', 'minimum_quantity')
    op.drop_column('offer', 'option_names')
    op.drop_index('ix_offer_group_id_title', table_name='offer')
    op.drop_column('offer', 'archived_at')
    op.drop_column('offer', 'code')
    op.drop_column('offer', 'curator_id')
    op.drop_column('offer', 'group_id')
    op.drop_column('member', 'own_picks_only')
    op.drop_column('member', 'is_appointed')
    op.drop_column('chat_group', 'hides_overview')
    op.drop_column('chat_group', 'overview_message_id')
    op.drop_table('price_consent')
    op.drop_index('ix_audit_entry_group_id_id', table_name='audit_entry')
    op.drop_table('audit_entry')
    op.drop_table('team_member')
    op.drop_index('ix_team_state_expires_at', table_name='team')
    op.drop_index('ix_team_pick_id_state', table_name='team')
    op.drop_table('team')
    op.drop_index('ix_reminder_due_at', table_name='reminder')
    op.drop_table('reminder')
    op.drop_index('ix_question_message_id', table_name='question')
    op.drop_index('ix_question_pick_id_id', table_name='question')
    op.drop_table('question')
    op.drop_index('ix_proposal_person_id_state', table_name='proposal')
    op.drop_index('ix_proposal_group_id_state', table_name='proposal')
    op.drop_table('proposal')
    op.drop_table('pick_point')
    op.drop_index('ix_draft_person_id_id', table_name='draft')
    op.drop_table('draft')
    op.drop_table('tier')
    op.drop_index('ix_point_helper_person_id', table_name='point_helper')
    op.drop_table('point_helper')
    op.drop_table('offer_photo')
    op.drop_table('forum_topic')
    op.drop_table('pickup_point')


def _add_reference(table: str, column: str, type_: sa.types.TypeEngine[int], target: str) -> None:
    # SQLite adds a column that refers to another table in this way only, short of making the table anew.
    kind = type_.compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} REFERENCES {target} (id)")
