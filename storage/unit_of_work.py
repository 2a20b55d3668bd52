"""One session, all repositories, one commit."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

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
from storage.repositories.ledger_checks.repository import LedgerCheckRepository
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
from storage.repositories.pick_rounds import PickRoundRepository
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
from storage.repositories.telling_people import TellingPeopleRepository
from storage.repositories.telling_results import TellingResultRepository
from storage.repositories.tellings import TellingRepository
from storage.repositories.topics import TopicRepository
from storage.repositories.trust import TrustRepository
from storage.repositories.trust_signals import TrustSignalRepository
from storage.repositories.updates import UpdateRepository
from storage.repositories.wishes import WishRepository
from storage.writer import WriterConnection

R = TypeVar("R")


class Session(AsyncSession):
    """SQLModel's session, without its warning at every Core statement."""

    execute = CoreSession.execute


class _Repository(Generic[R]):
    """A repository of a unit of work, made when it is first asked for: most transactions use a few."""

    def __init__(self, of: Callable[[AsyncSession], R]) -> None:
        self._of = of

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, uow: "UnitOfWork", _owner: type) -> R:
        made = uow.__dict__[self._name] = self._of(uow._session)
        return made


class UnitOfWork:
    """What one transaction can see and change."""

    groups = _Repository(GroupRepository)
    members = _Repository(MemberRepository)
    picks = _Repository(PickRepository)
    pick_rounds = _Repository(PickRoundRepository)
    posts = _Repository(PostRepository)
    pricing = _Repository(PricingRepository)
    orders = _Repository(OrderRepository)
    referrals = _Repository(ReferralRepository)
    shares = _Repository(ShareRepository)
    outbox = _Repository(OutboxRepository)
    updates = _Repository(UpdateRepository)
    audit = _Repository(AuditRepository)
    offers = _Repository(OfferRepository)
    imports = _Repository(ImportRepository)
    pickups = _Repository(PickupRepository)
    boards = _Repository(BoardRepository)
    drafts = _Repository(DraftRepository)
    teams = _Repository(TeamRepository)
    topics = _Repository(TopicRepository)
    roles = _Repository(RoleRepository)
    questions = _Repository(QuestionRepository)
    proposals = _Repository(ProposalRepository)
    reminders = _Repository(ReminderRepository)
    payments = _Repository(PaymentRepository)
    bills = _Repository(BillRepository)
    claims = _Repository(ClaimRepository)
    refunds = _Repository(RefundRepository)
    discrepancies = _Repository(DiscrepancyRepository)
    holds = _Repository(HoldRepository)
    plans = _Repository(PlanRepository)
    earnings = _Repository(EarningsRepository)
    payouts = _Repository(PayoutRepository)
    ledger = _Repository(LedgerRepository)
    balances = _Repository(BalanceRepository)
    ledger_checks = _Repository(LedgerCheckRepository)
    campaigns = _Repository(CampaignRepository)
    campaign_posts = _Repository(CampaignPostRepository)
    campaign_results = _Repository(CampaignResultRepository)
    promotions = _Repository(PromotionRepository)
    coupons = _Repository(CouponRepository)
    promotion_terms = _Repository(PromotionTermsRepository)
    promotion_friends = _Repository(PromotionFriendRepository)
    coupon_batches = _Repository(CouponBatchRepository)
    chains = _Repository(ChainRepository)
    cases = _Repository(CaseRepository)
    case_lists = _Repository(CaseListRepository)
    admins = _Repository(AdminRepository)
    flags = _Repository(FlagRepository)
    flag_facts = _Repository(FlagFactRepository)
    commissions = _Repository(CommissionRepository)
    reckonings = _Repository(ReckoningRepository)
    commission_news = _Repository(CommissionNewsRepository)
    statistics = _Repository(StatisticsRepository)
    privacy = _Repository(PrivacyRepository)
    erasure = _Repository(ErasureRepository)
    retention = _Repository(RetentionRepository)
    trust = _Repository(TrustRepository)
    recalls = _Repository(RecallRepository)
    scores = _Repository(ScoreRepository)
    recommendations = _Repository(RecommendationRepository)
    recommendation_facts = _Repository(RecommendationFactRepository)
    activity = _Repository(ActivityRepository)
    trust_signals = _Repository(TrustSignalRepository)
    acquaintances = _Repository(AcquaintanceRepository)
    notices = _Repository(NoticeRepository)
    acquaintance_buyers = _Repository(AcquaintanceBuyerRepository)
    notice_rounds = _Repository(NoticeRoundRepository)
    reviews = _Repository(ReviewRepository)
    review_pages = _Repository(ReviewPageRepository)
    wishes = _Repository(WishRepository)
    prospects = _Repository(ProspectRepository)
    listings = _Repository(ListingRepository)
    carryings = _Repository(CarryingRepository)
    carried_orders = _Repository(CarriedOrderRepository)
    tellings = _Repository(TellingRepository)
    telling_results = _Repository(TellingResultRepository)
    telling_facts = _Repository(TellingFactRepository)
    telling_people = _Repository(TellingPeopleRepository)

    def __init__(self, session: AsyncSession) -> None:
        self._session = session


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
