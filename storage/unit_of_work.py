"""One session, all repositories, one commit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession as CoreSession
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engine import Database
from storage.repositories.acquaintance_buyers import AcquaintanceBuyerRepository
from storage.repositories.acquaintances import AcquaintanceRepository
from storage.repositories.activity import ActivityRepository
from storage.repositories.admins import AdminRepository
from storage.repositories.audit import AuditRepository
from storage.repositories.balances import BalanceRepository
from storage.repositories.boards import BoardRepository
from storage.repositories.campaign_posts import CampaignPostRepository
from storage.repositories.campaign_results import CampaignResultRepository
from storage.repositories.campaigns import CampaignRepository
from storage.repositories.carried_orders import CarriedOrderRepository
from storage.repositories.carryings import CarryingRepository
from storage.repositories.case_lists import CaseListRepository
from storage.repositories.cases import CaseRepository
from storage.repositories.chains import ChainRepository
from storage.repositories.commission_earnings import EarningsRepository
from storage.repositories.commission_news import CommissionNewsRepository
from storage.repositories.commission_reckonings import ReckoningRepository
from storage.repositories.commissions import CommissionRepository
from storage.repositories.coupon_batches import CouponBatchRepository
from storage.repositories.coupons import CouponRepository
from storage.repositories.discrepancies import DiscrepancyRepository
from storage.repositories.drafts import DraftRepository
from storage.repositories.flag_facts import FlagFactRepository
from storage.repositories.flags import FlagRepository
from storage.repositories.groups import GroupRepository
from storage.repositories.holds import HoldRepository
from storage.repositories.imports import ImportRepository
from storage.repositories.ledger import LedgerRepository
from storage.repositories.ledger_checks import LedgerCheckRepository
from storage.repositories.listings import ListingRepository
from storage.repositories.members import MemberRepository
from storage.repositories.notice_rounds import NoticeRoundRepository
from storage.repositories.notices import NoticeRepository
from storage.repositories.offers import OfferRepository
from storage.repositories.orders import OrderRepository
from storage.repositories.outbox import OutboxRepository
from storage.repositories.payment_bills import BillRepository
from storage.repositories.payment_claims import ClaimRepository
from storage.repositories.payments import PaymentRepository
from storage.repositories.payouts import PayoutRepository
from storage.repositories.picks import PickRepository
from storage.repositories.pickups import PickupRepository
from storage.repositories.plans import PlanRepository
from storage.repositories.posts import PostRepository
from storage.repositories.pricing import PricingRepository
from storage.repositories.privacy import PrivacyRepository
from storage.repositories.privacy_erasure import ErasureRepository
from storage.repositories.privacy_retention import RetentionRepository
from storage.repositories.promotion_friends import PromotionFriendRepository
from storage.repositories.promotion_terms import PromotionTermsRepository
from storage.repositories.promotions import PromotionRepository
from storage.repositories.proposals import ProposalRepository
from storage.repositories.prospects import ProspectRepository
from storage.repositories.questions import QuestionRepository
from storage.repositories.recalls import RecallRepository
from storage.repositories.recommendation_facts import RecommendationFactRepository
from storage.repositories.recommendations import RecommendationRepository
from storage.repositories.referrals import ReferralRepository
from storage.repositories.refunds import RefundRepository
from storage.repositories.reminders import ReminderRepository
from storage.repositories.review_pages import ReviewPageRepository
from storage.repositories.reviews import ReviewRepository
from storage.repositories.roles import RoleRepository
from storage.repositories.scores import ScoreRepository
from storage.repositories.shares import ShareRepository
from storage.repositories.statistics import StatisticsRepository
from storage.repositories.teams import TeamRepository
from storage.repositories.telling_facts import TellingFactRepository
from storage.repositories.telling_results import TellingResultRepository
from storage.repositories.tellings import TellingRepository
from storage.repositories.topics import TopicRepository
from storage.repositories.trust import TrustRepository
from storage.repositories.trust_signals import TrustSignalRepository
from storage.repositories.updates import UpdateRepository
from storage.repositories.wishes import WishRepository
from storage.writer import WriterConnection


class Session(AsyncSession):
    """SQLModel's session, without its warning at every Core statement."""

    execute = CoreSession.execute


class UnitOfWork:
    """What one transaction can see and change."""

    def __init__(self, session: AsyncSession) -> None:
        self.groups = GroupRepository(session)
        self.members = MemberRepository(session)
        self.picks = PickRepository(session)
        self.posts = PostRepository(session)
        self.pricing = PricingRepository(session)
        self.orders = OrderRepository(session)
        self.referrals = ReferralRepository(session)
        self.shares = ShareRepository(session)
        self.outbox = OutboxRepository(session)
        self.updates = UpdateRepository(session)
        self.audit = AuditRepository(session)
        self.offers = OfferRepository(session)
        self.imports = ImportRepository(session)
        self.pickups = PickupRepository(session)
        self.boards = BoardRepository(session)
        self.drafts = DraftRepository(session)
        self.teams = TeamRepository(session)
        self.topics = TopicRepository(session)
        self.roles = RoleRepository(session)
        self.questions = QuestionRepository(session)
        self.proposals = ProposalRepository(session)
        self.reminders = ReminderRepository(session)
        self.payments = PaymentRepository(session)
        self.bills = BillRepository(session)
        self.claims = ClaimRepository(session)
        self.refunds = RefundRepository(session)
        self.discrepancies = DiscrepancyRepository(session)
        self.holds = HoldRepository(session)
        self.plans = PlanRepository(session)
        self.earnings = EarningsRepository(session)
        self.payouts = PayoutRepository(session)
        self.ledger = LedgerRepository(session)
        self.balances = BalanceRepository(session)
        self.ledger_checks = LedgerCheckRepository(session)
        self.campaigns = CampaignRepository(session)
        self.campaign_posts = CampaignPostRepository(session)
        self.campaign_results = CampaignResultRepository(session)
        self.promotions = PromotionRepository(session)
        self.coupons = CouponRepository(session)
        self.promotion_terms = PromotionTermsRepository(session)
        self.promotion_friends = PromotionFriendRepository(session)
        self.coupon_batches = CouponBatchRepository(session)
        self.chains = ChainRepository(session)
        self.cases = CaseRepository(session)
        self.case_lists = CaseListRepository(session)
        self.admins = AdminRepository(session)
        self.flags = FlagRepository(session)
        self.flag_facts = FlagFactRepository(session)
        self.commissions = CommissionRepository(session)
        self.reckonings = ReckoningRepository(session)
        self.commission_news = CommissionNewsRepository(session)
        self.statistics = StatisticsRepository(session)
        self.privacy = PrivacyRepository(session)
        self.erasure = ErasureRepository(session)
        self.retention = RetentionRepository(session)
        self.trust = TrustRepository(session)
        self.recalls = RecallRepository(session)
        self.scores = ScoreRepository(session)
        self.recommendations = RecommendationRepository(session)
        self.recommendation_facts = RecommendationFactRepository(session)
        self.activity = ActivityRepository(session)
        self.trust_signals = TrustSignalRepository(session)
        self.acquaintances = AcquaintanceRepository(session)
        self.notices = NoticeRepository(session)
        self.acquaintance_buyers = AcquaintanceBuyerRepository(session)
        self.notice_rounds = NoticeRoundRepository(session)
        self.reviews = ReviewRepository(session)
        self.review_pages = ReviewPageRepository(session)
        self.wishes = WishRepository(session)
        self.prospects = ProspectRepository(session)
        self.listings = ListingRepository(session)
        self.carryings = CarryingRepository(session)
        self.carried_orders = CarriedOrderRepository(session)
        self.tellings = TellingRepository(session)
        self.telling_results = TellingResultRepository(session)
        self.telling_facts = TellingFactRepository(session)


@asynccontextmanager
async def writing(database: Database) -> AsyncIterator[UnitOfWork]:
    """A transaction that commits when the block ends and is undone when it raises."""
    if database.writer is None:
        async with Session(database.write, expire_on_commit=False) as session, session.begin():
            yield UnitOfWork(session)
        return
    session = Session(database.writer.engine, expire_on_commit=False)
    try:
        async with database.writer.transaction() as connection:
            session.info[WriterConnection] = connection
            yield UnitOfWork(session)
            if session.in_transaction():
                await session.flush()
    finally:
        # Only now: closing a session takes back what its connection has not committed.
        if session.in_transaction():
            await session.close()


@asynccontextmanager
async def reading(database: Database) -> AsyncIterator[UnitOfWork]:
    """A consistent look at the database; what is changed in it is thrown away."""
    async with Session(database.read, expire_on_commit=False, autoflush=False) as session:
        yield UnitOfWork(session)
