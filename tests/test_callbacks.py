"""Button data: what is packed reads back, what is forged is refused."""

from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import callbacks
from bot.callbacks.admins import (
    AdminAuditButton,
    AdminButton,
    AdminGroupButton,
    AdminGroupsButton,
    AdminRightsButton,
    LetterButton,
    LettersButton,
    UnsentButton,
    UnsentListButton,
)
from bot.callbacks.balances import AccountsButton, AccountsSheetButton, BalanceButton
from bot.callbacks.boards import BoardButton, PointBoardButton, SheetButton, VariantBoardButton
from bot.callbacks.buttons import LONGEST, Button, ButtonUnreadable, kind_of
from bot.callbacks.campaigns import CampaignButton, CampaignDeedButton, CampaignPostButton, CampaignsButton
from bot.callbacks.carried_orders import (
    CarrierButton,
    OwedButton,
    PartnersButton,
    ReceivedButton,
    ReceivedUndoButton,
    SalesButton,
    SalesSheetButton,
)
from bot.callbacks.carryings import CarriedPointButton, CarryButton, CarryingButton
from bot.callbacks.cases import CaseButton, CaseDeedButton, CaseOpenButton, CasesButton, CaseSendButton
from bot.callbacks.chains import (
    AllChainsButton,
    ChainButton,
    ChainNameButton,
    ChainPictureButton,
    ChainSheetButton,
)
from bot.callbacks.details import DetailsButton, DetailsCancelButton, DetailsOrderButton
from bot.callbacks.discrepancies import DecisionButton, DiscrepancyButton
from bot.callbacks.drafts import DraftButton, DraftChoiceButton, NewDraftButton, PreviewButton
from bot.callbacks.flags import FlagButton, FlagDecisionButton, FlagsButton
from bot.callbacks.groups import PlanButton, SettingButton, SettingsButton
from bot.callbacks.handover import (
    ArrivedButton,
    HandedButton,
    HandOverButton,
    HandoverButton,
    OrderToHandButton,
    RemindButton,
    ReturnedButton,
    TakeBackButton,
)
from bot.callbacks.imports import ImportButton, ImportGroupButton
from bot.callbacks.listings import (
    CategoriesButton,
    ListingButton,
    ListingPhotosButton,
    MarketButton,
    OwnListingButton,
    TermsButton,
)
from bot.callbacks.members import LanguageButton, PrivacyButton
from bot.callbacks.notices import CategoryButton, NoticesButton, NoticeSwitchButton, ShowPurchasesButton
from bot.callbacks.offers import OfferButton, OfferDeedButton, OffersButton
from bot.callbacks.orders import CancelButton, MyOrderButton, OrderButton, PriceButton
from bot.callbacks.payments import (
    AskToPayButton,
    CashButton,
    ClaimButton,
    ClaimDeedButton,
    CreditSureButton,
    PayButton,
    PaymentsButton,
    PaymentSettingButton,
    PayWayButton,
    PickPaymentButton,
    UnpaidButton,
)
from bot.callbacks.payouts import (
    EarningsButton,
    PayoutBackButton,
    PayoutBatchButton,
    PayoutButton,
    PayoutDeedButton,
    PayoutsButton,
    PayoutsSheetButton,
    PayoutWishButton,
)
from bot.callbacks.picks import ExtendButton, ManageButton, ManageGroupButton, RoundButton
from bot.callbacks.pickups import (
    ChoosePointButton,
    CodeButton,
    NewPointButton,
    PointButton,
    PointChangeButton,
    PointChosenButton,
    PointsButton,
)
from bot.callbacks.promotions import (
    CouponBatchButton,
    NewCouponsButton,
    NewPromotionButton,
    PromotionButton,
    PromotionChoiceButton,
    PromotionDeedButton,
    PromotionPageButton,
    PromotionsButton,
    PromotionStepButton,
)
from bot.callbacks.proposals import ProposalButton, RecommendButton, RecommendGroupButton
from bot.callbacks.prospects import ProspectDraftButton
from bot.callbacks.questions import AnswerButton, NotAQuestionButton, StopAnswerButton
from bot.callbacks.recalls import RecallAnswerButton, RecallButton, StopButton
from bot.callbacks.receipts import MyOrdersButton, PaymentReceiptButton, ReceiptButton, ReminderButton
from bot.callbacks.recommendations import NotForMeButton, SuggestionsButton
from bot.callbacks.refunds import (
    GoodwillButton,
    GoodwillSureButton,
    KeepCreditButton,
    RefundButton,
    RefundDeedButton,
    RefundsButton,
)
from bot.callbacks.reviews import (
    HelpfulButton,
    OwnReviewButton,
    OwnReviewsButton,
    ReviewButton,
    ReviewDeedButton,
    ReviewPhotosButton,
    ReviewsButton,
    StarsButton,
)
from bot.callbacks.roles import AppointButton, AuditButton, CuratorsButton, HelperButton, PersonButton
from bot.callbacks.shares import (
    GuestButton,
    LookButton,
    PickSharesButton,
    PosterButton,
    SharePickButton,
    SharesButton,
    ToldButton,
    WhoToldButton,
)
from bot.callbacks.statistics import StatisticsButton, StatisticsPictureButton, StatisticsSheetButton
from bot.callbacks.teams import FallbackButton, TeamButton
from bot.callbacks.tellings import (
    DraftTellingButton,
    SuggestionsSwitchButton,
    TellingButton,
    TellingNoteButton,
)
from bot.callbacks.trust import SlotButton, SlotTimeButton, TrustButton, TrustVoteButton
from bot.callbacks.wishes import (
    DemandButton,
    NeedButton,
    NeedDraftButton,
    NeedMergeBackButton,
    NeedMergeButton,
    NeedPickBackButton,
    NeedPickButton,
    NeedSplitButton,
    WishBackButton,
    WishGroupButton,
)

LARGEST_KEY = 2**63 - 1

EVERY_KIND = [
    PartnersButton(LARGEST_KEY, 3),
    SalesButton(LARGEST_KEY, 3),
    SalesSheetButton(LARGEST_KEY),
    CarrierButton(LARGEST_KEY),
    OwedButton(LARGEST_KEY),
    ReceivedButton(LARGEST_KEY, 10_000_000_00),
    ReceivedUndoButton(LARGEST_KEY),
    WishBackButton(LARGEST_KEY),
    WishGroupButton(LARGEST_KEY, LARGEST_KEY),
    DemandButton(LARGEST_KEY, 3),
    ProspectDraftButton(LARGEST_KEY, LARGEST_KEY),
    MarketButton(LARGEST_KEY, "r", "0123456789", 3),
    CategoriesButton(LARGEST_KEY, "n"),
    ListingButton(LARGEST_KEY, LARGEST_KEY),
    ListingPhotosButton(LARGEST_KEY, LARGEST_KEY),
    TermsButton(LARGEST_KEY, "show", 5_000, 2**36, 1_000, 1_000_000),
    OwnListingButton(LARGEST_KEY, "change"),
    NeedButton(LARGEST_KEY),
    NeedDraftButton(LARGEST_KEY),
    NeedPickButton(LARGEST_KEY, LARGEST_KEY),
    NeedPickBackButton(LARGEST_KEY),
    NeedMergeButton(LARGEST_KEY, LARGEST_KEY),
    NeedMergeBackButton(LARGEST_KEY),
    NeedSplitButton(LARGEST_KEY, LARGEST_KEY),
    OrderButton(1, 2, -1),
    OrderButton(LARGEST_KEY, LARGEST_KEY, -1),
    CancelButton(1),
    CasesButton("open", 0),
    CaseButton(LARGEST_KEY, 0),
    CaseOpenButton(LARGEST_KEY, "not_as_described"),
    CaseSendButton(LARGEST_KEY),
    CaseDeedButton(LARGEST_KEY, "replacement", LARGEST_KEY),
    MyOrderButton(1),
    BoardButton(1, 0),
    ChainButton(LARGEST_KEY),
    AllChainsButton(LARGEST_KEY),
    CampaignsButton(999_999),
    CampaignButton(LARGEST_KEY, "promotion"),
    CampaignDeedButton(LARGEST_KEY, "language", "zh_CN"),
    CampaignPostButton(LARGEST_KEY, LARGEST_KEY, "there"),
    ChainPictureButton(LARGEST_KEY, 1),
    ChainSheetButton(LARGEST_KEY),
    ChainNameButton(LARGEST_KEY, 1),
    LanguageButton("zh_CN"),
    SettingsButton(1, "home"),
    SettingButton(1, "zone", "America/Argentina/Buenos_Aires"),
    ImportButton(LARGEST_KEY, "template"),
    ImportGroupButton(LARGEST_KEY, LARGEST_KEY),
    OffersButton(LARGEST_KEY, 999, "蜂蜜蜂蜜蜂蜜蜂蜜蜂蜜蜂蜜"),
    OfferButton(LARGEST_KEY, 999, "honey from the hills of Yunnan, dark"),
    OfferDeedButton(LARGEST_KEY, "restore"),
    PointsButton(LARGEST_KEY),
    PointButton(LARGEST_KEY),
    NewPointButton(LARGEST_KEY),
    PointChangeButton(LARGEST_KEY, "words"),
    ChoosePointButton(LARGEST_KEY),
    PointChosenButton(LARGEST_KEY, LARGEST_KEY),
    CodeButton(LARGEST_KEY),
    PointBoardButton(LARGEST_KEY, LARGEST_KEY, 99),
    VariantBoardButton(LARGEST_KEY, 99),
    SheetButton(LARGEST_KEY, "supplier", "xlsx"),
    ArrivedButton(LARGEST_KEY, LARGEST_KEY, 1),
    HandoverButton(LARGEST_KEY, LARGEST_KEY, 99),
    HandedButton(LARGEST_KEY, LARGEST_KEY, 99),
    OrderToHandButton(LARGEST_KEY),
    HandOverButton(LARGEST_KEY, -1),
    TakeBackButton(LARGEST_KEY),
    ReturnedButton(LARGEST_KEY, 1),
    RemindButton(LARGEST_KEY, LARGEST_KEY),
    ManageGroupButton(LARGEST_KEY),
    ManageButton(LARGEST_KEY, "withdraw"),
    ExtendButton(LARGEST_KEY, 2**36),
    RoundButton(LARGEST_KEY, LARGEST_KEY, 1),
    CarryButton(LARGEST_KEY, LARGEST_KEY),
    CarryingButton(LARGEST_KEY, "ended"),
    CarriedPointButton(LARGEST_KEY, LARGEST_KEY),
    TeamButton(LARGEST_KEY, LARGEST_KEY, LARGEST_KEY),
    FallbackButton(LARGEST_KEY, "solo"),
    DetailsButton(LARGEST_KEY, 9),
    DetailsOrderButton(LARGEST_KEY, LARGEST_KEY, -1, 9),
    DetailsCancelButton(LARGEST_KEY),
    ReminderButton(LARGEST_KEY, 1, LARGEST_KEY),
    MyOrdersButton(999_999),
    ReceiptButton(LARGEST_KEY, 99),
    PaymentReceiptButton(LARGEST_KEY, 99),
    AnswerButton(LARGEST_KEY),
    NotAQuestionButton(LARGEST_KEY),
    StopAnswerButton(LARGEST_KEY),
    StopButton(LARGEST_KEY, 1),
    RecallButton(LARGEST_KEY, "lifted"),
    RecallAnswerButton(LARGEST_KEY, LARGEST_KEY, "wants_back"),
    RecommendButton(LARGEST_KEY, "recommend_bought", "skip"),
    RecommendGroupButton(LARGEST_KEY, LARGEST_KEY),
    ProposalButton(LARGEST_KEY, "decline"),
    CuratorsButton(1),
    PersonButton(1, 2),
    AppointButton(1, 2, "curator"),
    HelperButton(1, 2, 2, 2),
    AuditButton(1, 2),
    DraftButton(1, "curator"),
    DraftChoiceButton(1, "curator", "curator"),
    PreviewButton(1),
    NewDraftButton(1),
    PriceButton(1, "curator"),
    PayButton(LARGEST_KEY),
    BalanceButton(LARGEST_KEY, 9999),
    AccountsButton(LARGEST_KEY, 999912),
    AccountsSheetButton(LARGEST_KEY, 999912),
    PlanButton(LARGEST_KEY, "inviter", "off"),
    EarningsButton(LARGEST_KEY, 99),
    PayoutWishButton(LARGEST_KEY, "EUR", "own_means"),
    PayoutBackButton(LARGEST_KEY),
    PayoutsButton(LARGEST_KEY, 99, 1),
    PayoutButton(LARGEST_KEY),
    PayoutDeedButton(LARGEST_KEY, "approved"),
    PayoutBatchButton(LARGEST_KEY, LARGEST_KEY, "approved"),
    PayoutsSheetButton(LARGEST_KEY),
    PayWayButton(LARGEST_KEY, "transfer"),
    RefundsButton(LARGEST_KEY, 99, 1),
    RefundButton(LARGEST_KEY),
    RefundDeedButton(LARGEST_KEY, "done"),
    KeepCreditButton(LARGEST_KEY),
    GoodwillButton(LARGEST_KEY, "credit"),
    GoodwillSureButton(LARGEST_KEY, 1),
    CreditSureButton(LARGEST_KEY, -1),
    PaymentSettingButton(LARGEST_KEY, "when", "after_close"),
    PickPaymentButton(LARGEST_KEY, "when", "after_close"),
    ClaimButton(LARGEST_KEY, "withdraw"),
    ClaimDeedButton(LARGEST_KEY, "confirm"),
    PaymentsButton("unpaid"),
    UnpaidButton(LARGEST_KEY, 99),
    AskToPayButton(LARGEST_KEY),
    CashButton(LARGEST_KEY, LARGEST_KEY, -1),
    DiscrepancyButton(LARGEST_KEY),
    DecisionButton(LARGEST_KEY, "settled"),
    PromotionsButton(LARGEST_KEY, 999_999),
    PromotionButton(LARGEST_KEY),
    PromotionDeedButton(LARGEST_KEY, "results"),
    NewPromotionButton(0),
    PromotionStepButton(LARGEST_KEY, "pays_no_commission"),
    PromotionChoiceButton(LARGEST_KEY, "points", str(LARGEST_KEY)),
    PromotionPageButton(LARGEST_KEY, 3),
    NewCouponsButton(LARGEST_KEY, "1000"),
    CouponBatchButton(LARGEST_KEY, 12, "file"),
    LookButton("Qx7aLm2Rt9ZbKd"),
    GuestButton("Qx7aLm2Rt9ZbKd"),
    SharePickButton(LARGEST_KEY),
    PosterButton(LARGEST_KEY),
    SharesButton(3),
    PickSharesButton(LARGEST_KEY, 3),
    WhoToldButton(LARGEST_KEY, "nobody"),
    ToldButton(LARGEST_KEY, LARGEST_KEY),
    FlagsButton(99, 1),
    FlagButton(LARGEST_KEY),
    FlagDecisionButton(LARGEST_KEY, "withhold", "withhold", 1),
    AdminButton("admins"),
    AdminGroupsButton(99),
    AdminGroupButton(LARGEST_KEY),
    AdminAuditButton(LARGEST_KEY, 99),
    AdminRightsButton(LARGEST_KEY, "revoke", 1),
    LettersButton(99),
    LetterButton(LARGEST_KEY, "discard", 1),
    UnsentListButton(),
    PrivacyButton("forgotten"),
    UnsentButton(LARGEST_KEY, "discard", 1),
    StatisticsButton(LARGEST_KEY, "quarter"),
    StatisticsPictureButton(LARGEST_KEY, "quarter", 1),
    StatisticsSheetButton(LARGEST_KEY, "quarter"),
    SlotButton(LARGEST_KEY, "dropped"),
    SlotTimeButton(LARGEST_KEY, 2**36),
    TrustButton(LARGEST_KEY),
    TrustVoteButton(LARGEST_KEY, "home"),
    OwnReviewsButton(99),
    SuggestionsButton(99, 1),
    NotForMeButton(LARGEST_KEY, 99),
    OwnReviewButton(LARGEST_KEY, LARGEST_KEY),
    StarsButton(LARGEST_KEY, LARGEST_KEY, 5),
    ReviewDeedButton(LARGEST_KEY, LARGEST_KEY, "cut_photos"),
    ReviewsButton(LARGEST_KEY, 999_999),
    ReviewButton(LARGEST_KEY, LARGEST_KEY, 1, 999_999),
    ReviewPhotosButton(LARGEST_KEY, LARGEST_KEY),
    HelpfulButton(LARGEST_KEY, LARGEST_KEY, 999_999),
    NoticesButton(LARGEST_KEY),
    NoticeSwitchButton("suggestions", 1),
    CategoryButton(LARGEST_KEY, "0123456789", "usual"),
    DraftTellingButton(LARGEST_KEY, "look"),
    TellingButton(LARGEST_KEY, "posted"),
    TellingNoteButton(LARGEST_KEY, "why"),
    SuggestionsSwitchButton(1),
    ShowPurchasesButton(1, LARGEST_KEY),
]


@pytest.mark.parametrize("button", EVERY_KIND, ids=repr)
def test_what_is_packed_reads_back(button: Button) -> None:
    data = button.pack()
    assert len(data.encode()) <= LONGEST
    assert type(button).read(data) == button


def test_every_kind_is_here_and_has_a_letter_of_its_own() -> None:
    for noun in iter_modules(callbacks.__path__):
        import_module(f"{callbacks.__name__}.{noun.name}")
    kinds = Button.__subclasses__()
    assert {type(button) for button in EVERY_KIND} == set(kinds)
    assert len({kind.kind for kind in kinds}) == len(kinds)


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "o",
        "o:",
        "o:1:2",
        "o:1:2:3:4",
        "o:a:b:c",
        "o:1:2:+1",
        "o:01:2:1",
        "o:1:2: 1",
        "o:１:2:1",
        "o:1_0:2:1",
        "o:1:2:1.0",
        "o:1:2:",
        "o:9223372036854775808:2:1",
        "o:" + "9" * 5000 + ":2:1",
        "o:1:2:1\n",
        "O:1:2:1",
        "zz:1",
        "v:1:zone:" + "x" * 64,
        "l:" + "я" * 40,
        "l:\ud800",
        "buy",
        "confirm_purchase_1_2",
        "\x00",
    ],
)
def test_forged_data_is_refused(data: str) -> None:
    for button in EVERY_KIND:
        with pytest.raises(ButtonUnreadable):
            button.read(data)


@given(st.text(max_size=80))
def test_no_data_does_any_other_harm(data: str) -> None:
    for button in EVERY_KIND:
        with suppress(ButtonUnreadable):
            assert button.read(data).pack() == data


def test_a_button_of_another_kind_is_refused() -> None:
    with pytest.raises(ButtonUnreadable):
        OrderButton.read(CancelButton(1).pack())


def test_what_does_not_fit_is_not_packed() -> None:
    with pytest.raises(ValueError, match="too long"):
        SettingButton(1, "zone", "x" * LONGEST).pack()


def test_data_says_of_which_kind_it_is() -> None:
    assert kind_of(OrderButton(1, 2, 1).pack()) == OrderButton.kind
    assert kind_of(UnsentListButton().pack()) == UnsentListButton.kind
    assert kind_of("") == ""


@pytest.mark.parametrize("button", [UnsentListButton, CancelButton, OrderButton])
def test_a_button_takes_its_fields_and_no_others(button: type[Button]) -> None:
    values = range(len(button.fields))
    made = button(*values)
    assert made == button(**dict(zip(button.fields, values, strict=True)))
    assert hash(made) == hash(button(*values))
    for wrong in ((*values, 9), (*values, *values, 9)):
        with pytest.raises(TypeError):
            button(*wrong)
    with pytest.raises(TypeError):
        button(*values, another=1)


def test_a_button_stays_what_it_is() -> None:
    with pytest.raises(AttributeError):
        setattr(CancelButton(1), "pick_id", 2)  # noqa: B010
