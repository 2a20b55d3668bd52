"""Typed button data, at most 64 bytes: a letter for the kind, then its fields.

Whatever does not read back exactly is refused: button data can be forged.
"""

from functools import lru_cache
from typing import ClassVar, Self, dataclass_transform

LONGEST = 64
"""Telegram's limit, in bytes."""

_LARGEST = 2**63
_LARGEST_PAGE = 1_000_000
_kinds: dict[str, type["Button"]] = {}


class ButtonUnreadable(ValueError):
    """The data is none of our buttons."""


@dataclass_transform(frozen_default=True)
class Button:
    """What a tap says; fields are whole numbers or short words.

    Its kinds are frozen dataclasses, but for what `dataclass` writes anew for each of a hundred classes:
    that took 3 MB and a thirtieth of the start.
    """

    kind: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, kind: str) -> None:
        cls.kind = kind
        cls.fields = tuple(cls.__annotations__)
        _kinds[kind] = cls

    def __init__(self, *values: int | str, **named: int | str) -> None:
        given = dict(zip(self.fields, values, strict=False)) | named
        if len(values) + len(named) != len(self.fields) or given.keys() != set(self.fields):
            raise TypeError(f"{type(self).__name__} takes {', '.join(self.fields) or 'nothing'}")
        self.__dict__.update((name, given[name]) for name in self.fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a button keeps its {name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((self.kind, *self.__dict__.values()))

    def __repr__(self) -> str:
        said = (f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({', '.join(said)})"

    def pack(self) -> str:
        """As button data. Raises ValueError where it does not fit."""
        data = ":".join([self.kind, *(str(value) for value in self.__dict__.values())])
        if len(data.encode()) > LONGEST:
            raise ValueError(f"button data too long: {data!r}")
        return data

    @classmethod
    def read(cls, data: str) -> Self:
        """The button of this kind in the data. Raises ButtonUnreadable."""
        button = read_button(data)
        if not isinstance(button, cls):
            raise ButtonUnreadable(data)
        return button


@lru_cache(maxsize=4096)
def read_button(data: str) -> Button:
    """Whatever button the data is. Raises ButtonUnreadable."""
    kind, *values = data.split(":")
    cls = _kinds.get(kind)
    if cls is None or len(values) != len(cls.fields):
        raise ButtonUnreadable(data)
    try:
        button = cls(*(_read(cls, name, value) for name, value in zip(cls.fields, values, strict=True)))
        same = button.pack() == data
    except ValueError:
        raise ButtonUnreadable(data) from None
    if not same:
        raise ButtonUnreadable(data)
    return button


def kind_of(data: str) -> type[Button]:
    """The kind that the data says it is; `Button` itself where that is none of ours."""
    return _kinds.get(data.partition(":")[0], Button)


def _read(cls: type[Button], field: str, value: str) -> int | str:
    if cls.__annotations__[field] is int:
        number = int(value)
        # What lies before a page is skipped: so many rows that no database could count them.
        if abs(number) >= (_LARGEST_PAGE if field == "page" else _LARGEST):
            raise ValueError(value)
        return number
    return value


class OrderButton(Button, kind="o"):
    """One more, or one fewer, of a variant."""

    pick_id: int
    variant_id: int
    change: int


class CancelButton(Button, kind="x"):
    """Cancel my order on a pick."""

    pick_id: int


class MyOrderButton(Button, kind="m"):
    """Show me my order on a pick."""

    pick_id: int


class BoardButton(Button, kind="b"):
    """Show a page of a pick's roll-up; pages count from 0."""

    pick_id: int
    page: int


class LanguageButton(Button, kind="l"):
    """Speak this language with me."""

    language: str


class SettingsButton(Button, kind="s"):
    """Open a page of a group's settings: `home`, `language`, `currency`, `zone`, `plain`."""

    group_id: int
    page: str


class SettingButton(Button, kind="v"):
    """Set one setting of a group."""

    group_id: int
    name: str
    value: str


class CuratorsButton(Button, kind="cu"):
    """Show who leads a group and who helps."""

    group_id: int


class PersonButton(Button, kind="pr"):
    """Show what a person may do in a group."""

    group_id: int
    person_id: int


class AppointButton(Button, kind="ap"):
    """Make a person `curator`, `own` (a curator of her own picks) or `member`."""

    group_id: int
    person_id: int
    role: str


class HelperButton(Button, kind="hp"):
    """Let a person hand over at a point (1), or no longer (0)."""

    group_id: int
    person_id: int
    point_id: int
    helps: int


class AuditButton(Button, kind="au"):
    """Show a page of a group's audit log; pages count from 0."""

    group_id: int
    page: int


class PointsButton(Button, kind="ps"):
    """Show the pick-up points of a group."""

    group_id: int


class PointButton(Button, kind="pt"):
    """Show one pick-up point in the settings."""

    point_id: int


class NewPointButton(Button, kind="pn"):
    """Ask for the name of a new pick-up point."""

    group_id: int


class PointChangeButton(Button, kind="pg"):
    """Change a pick-up point: ask for `name`, `words`, `fee`; move it `up`, `down`; switch it `on`, `off`."""

    point_id: int
    change: str


class ChoosePointButton(Button, kind="pc"):
    """Ask where my order shall be fetched."""

    order_id: int


class PointChosenButton(Button, kind="pk"):
    """I fetch my order at this pick-up point."""

    order_id: int
    point_id: int


class CodeButton(Button, kind="qr"):
    """Show me the code of my order."""

    order_id: int


class PointBoardButton(Button, kind="bp"):
    """Show who fetches a pick at a point; 0 stands for those who have chosen none, pages count from 0."""

    pick_id: int
    point_id: int
    page: int


class VariantBoardButton(Button, kind="bv"):
    """Show a page of what was ordered of each variant."""

    pick_id: int
    page: int


class SheetButton(Button, kind="sh"):
    """Send a sheet (`supplier`, `packing`, `pickup`) as a file (`xlsx`, `csv`)."""

    pick_id: int
    sheet: str
    format: str


class ArrivedButton(Button, kind="ar"):
    """A pick is at a point: ask whether to tell its buyers (0), or tell them (1)."""

    pick_id: int
    point_id: int
    sure: int


class HandoverButton(Button, kind="ho"):
    """Show a page of who is still to come to a point."""

    pick_id: int
    point_id: int
    page: int


class HandedButton(Button, kind="hd"):
    """Show a page of who has come to a point, the last one first."""

    pick_id: int
    point_id: int
    page: int


class OrderToHandButton(Button, kind="hs"):
    """Show one order that may be handed over."""

    order_id: int


class HandOverButton(Button, kind="hh"):
    """Hand an order over; back to this page of the list of its point, or to the order itself (-1)."""

    order_id: int
    page: int


class TakeBackButton(Button, kind="hu"):
    """Undo a hand-over."""

    order_id: int


class RemindButton(Button, kind="hr"):
    """Remind those who are still to come to a point."""

    pick_id: int
    point_id: int


class ManageGroupButton(Button, kind="mg"):
    """Show the picks of a group to somebody who leads it."""

    group_id: int


class ManageButton(Button, kind="mp"):
    """Show one pick to somebody who leads its group, or begin something with it."""

    pick_id: int
    action: str


class ExtendButton(Button, kind="mx"):
    """Give a pick the deadline at so many seconds since 1970: a second tap changes nothing more."""

    pick_id: int
    at: int


class DraftButton(Button, kind="dr"):
    """Go to a step of a draft, or `open`, `preview`, `post`, `copy`, `delete`, `undo` it."""

    draft_id: int
    act: str


class DraftChoiceButton(Button, kind="dc"):
    """Choose a value at a step of a draft; an empty one clears the step."""

    draft_id: int
    step: str
    value: str


class PreviewButton(Button, kind="dp"):
    """A button of the card in a preview, which works once the draft is posted."""

    draft_id: int


class NewDraftButton(Button, kind="dn"):
    """Begin a draft for a group; 0 leaves the group open."""

    group_id: int


class PriceButton(Button, kind="pp"):
    """Answer whether a new price is my order's: `yes`, `no` or `cancel`."""

    order_id: int
    answer: str


class DetailsButton(Button, kind="i"):
    """Show all about a pick in private, with a page of its kinds; pages count from 0."""

    pick_id: int
    page: int


class DetailsOrderButton(Button, kind="io"):
    """One more, or one fewer, of a variant, on a page of a pick's details."""

    pick_id: int
    variant_id: int
    change: int
    page: int


class DetailsCancelButton(Button, kind="ix"):
    """Cancel my order in a pick's details."""

    pick_id: int


class ReminderButton(Button, kind="rm"):
    """Remind me of a pick (1), or do not (0); in an order's receipt, or, without one, in the details."""

    pick_id: int
    wanted: int
    order_id: int


class MyOrdersButton(Button, kind="mo"):
    """Show a page of my orders; pages count from 0."""

    page: int


class ReceiptButton(Button, kind="rc"):
    """Show the receipt of one of my orders, with the way back to this page."""

    order_id: int
    page: int


class AnswerButton(Button, kind="qa"):
    """I want to answer a question."""

    question_id: int


class NotAQuestionButton(Button, kind="qn"):
    """It was no question."""

    question_id: int


class StopAnswerButton(Button, kind="qs"):
    """I will not answer now."""

    question_id: int


class RecommendButton(Button, kind="rp"):
    """At a step of a proposal: `back`, `skip`, `yes`, `no`, `stop` or `send`."""

    draft_id: int
    step: str
    action: str


class RecommendGroupButton(Button, kind="rg"):
    """The group that a proposal is for."""

    draft_id: int
    group_id: int


class ProposalButton(Button, kind="pv"):
    """A curator on a proposal: `accept`, `edit`, `decline`, `plain`, `why` or `keep`."""

    proposal_id: int
    action: str


class ImportButton(Button, kind="im"):
    """On an import: `all`, `good` (the good rows alone), `stop` or `template`."""

    draft_id: int
    choice: str


class ImportGroupButton(Button, kind="ig"):
    """The group that a price list is for."""

    draft_id: int
    group_id: int


class OffersButton(Button, kind="of"):
    """A page of a group's catalogue, perhaps searched; pages count from 0."""

    group_id: int
    page: int
    words: str


class OfferButton(Button, kind="oo"):
    """An offer of the catalogue, and the page that leads back."""

    offer_id: int
    page: int
    words: str


class OfferDeedButton(Button, kind="od"):
    """With an offer of the catalogue: `pick`, `archive` or `restore`."""

    offer_id: int
    deed: str


class TeamButton(Button, kind="tm"):
    """Join a team of a pick, or open one (0), with this kind; 0 leaves the kind open."""

    pick_id: int
    team_id: int
    variant_id: int


class FallbackButton(Button, kind="tf"):
    """If my team does not fill up: `solo` or `drop`."""

    team_id: int
    fallback: str


class PayButton(Button, kind="pay"):
    """Show me how I can pay an order."""

    order_id: int


class PayWayButton(Button, kind="pw"):
    """I pay an order this way: a word of `PaymentMethod`."""

    order_id: int
    method: str


class PaymentReceiptButton(Button, kind="py"):
    """The numbered receipt of a payment, and the page of my orders that leads back."""

    payment_id: int
    page: int


class RefundsButton(Button, kind="rl"):
    """Show a page of what a group still owes back, or (done 1) of what has gone back; pages count from 0."""

    group_id: int
    page: int
    done: int


class RefundButton(Button, kind="rf"):
    """Show one refund to a curator."""

    refund_id: int


class RefundDeedButton(Button, kind="rd"):
    """With a refund: the curator's `done`, `note` (done, with a note) or `undo`."""

    refund_id: int
    deed: str


class KeepCreditButton(Button, kind="rk"):
    """I keep as credit what is owed back to me."""

    refund_id: int


class GoodwillButton(Button, kind="gw"):
    """Give money of an order back: `ask` how much, `all` of it, or store `credit` instead."""

    order_id: int
    act: str


class GoodwillSureButton(Button, kind="gs"):
    """Give back what was just written down: yes (1) or no (0)."""

    draft_id: int
    sure: int


class CreditSureButton(Button, kind="cg"):
    """Give the credit that was just written down to this one of those it can mean; -1: to nobody."""

    draft_id: int
    choice: int


class PaymentSettingButton(Button, kind="ys"):
    """Payments of a group: `page`, `on`, `off` or `ask` about a way, `when` or `hold`; and its value."""

    group_id: int
    name: str
    value: str


class PickPaymentButton(Button, kind="yp"):
    """How a pick is paid: `page`, `way` (one more, or one fewer) or `when`; and its value."""

    pick_id: int
    name: str
    value: str


class ClaimButton(Button, kind="yo"):
    """I have `paid` an order, without a proof; or I `withdraw` that, or want to say it `again`."""

    order_id: int
    deed: str


class ClaimDeedButton(Button, kind="yc"):
    """With a payment that was claimed: `confirm`, `decline` (or why), `amount`, `skip`, `show` or `undo`."""

    payment_id: int
    deed: str


class PaymentsButton(Button, kind="yh"):
    """What is claimed to be paid (`claims`), or what is still to be paid (`unpaid`)."""

    page: str


class UnpaidButton(Button, kind="yu"):
    """Show a page of who has not paid a pick; pages count from 0."""

    pick_id: int
    page: int


class AskToPayButton(Button, kind="yr"):
    """Remind those who have not paid a pick."""

    pick_id: int


class CashButton(Button, kind="ym"):
    """An order was paid in cash: this amount; back to a page of the unpaid, or to its hand-over (-1)."""

    order_id: int
    amount: int
    page: int


class DiscrepancyButton(Button, kind="dy"):
    """Show me what about money does not fit: one finding, or (0) all that are mine to decide."""

    discrepancy_id: int


class DecisionButton(Button, kind="dd"):
    """Decide it: a word of `Decision`; `note` asks for words first."""

    discrepancy_id: int
    decision: str


class BalanceButton(Button, kind="bl"):
    """What is between me and a group, and a page of what happened; pages count from 0."""

    group_id: int
    page: int


class AccountsButton(Button, kind="ac"):
    """A group's accounts in a month such as 202603; 0 is all time."""

    group_id: int
    month: int


class AccountsSheetButton(Button, kind="ax"):
    """The same as a file."""

    group_id: int
    month: int


class PromotionsButton(Button, kind="wl"):
    """Show a page of a group's promotions; group 0 stands for those across groups, pages count from 0."""

    group_id: int
    page: int


class PromotionButton(Button, kind="wp"):
    """Show one promotion to who may change it."""

    promotion_id: int


class PromotionDeedButton(Button, kind="wd"):
    """With a promotion: `edit`, `pause`, `resume`, `end` (ask), `over` (end it), `results` or `codes`."""

    promotion_id: int
    deed: str


class NewPromotionButton(Button, kind="wn"):
    """Begin a promotion in a group, or (0) across groups."""

    group_id: int


class PromotionStepButton(Button, kind="ws"):
    """Go to a step of a promotion in the making, or `launch`, `sure`, `save`, `drop` it."""

    draft_id: int
    act: str


class PromotionChoiceButton(Button, kind="wc"):
    """Choose a value at a step of a promotion in the making; an empty one clears the step."""

    draft_id: int
    step: str
    value: str


class PromotionPageButton(Button, kind="wt"):
    """Turn the page of what a step of a promotion in the making lists; pages count from 0."""

    draft_id: int
    page: int


class NewCouponsButton(Button, kind="wk"):
    """Make codes for a promotion: so many single ones (a number), `ask` how many, or `word` for one code."""

    promotion_id: int
    form: str


class CouponBatchButton(Button, kind="wb"):
    """With a batch of codes: send it as a `file`, switch it `on` or `off`."""

    promotion_id: int
    batch: int
    deed: str


class PlanButton(Button, kind="ep"):
    """What a group pays for recommendations: `page`, `ask` for a value, or switch one thing; and which."""

    group_id: int
    name: str
    value: str


class EarningsButton(Button, kind="en"):
    """What I have earned in a group, and a page of it; pages count from 0."""

    group_id: int
    page: int


class PayoutWishButton(Button, kind="ew"):
    """Pay me out what I earned in this currency: `ask` how, or by a word of `PayoutMethod`."""

    group_id: int
    currency: str
    method: str


class PayoutBackButton(Button, kind="eq"):
    """I take back that I asked for this payout."""

    payout_id: int


class PayoutsButton(Button, kind="el"):
    """A page of the payouts that members ask a group for, or (done 1) of those settled; group 0: which."""

    group_id: int
    page: int
    done: int


class PayoutButton(Button, kind="eo"):
    """Show one payout to somebody who decides of it."""

    payout_id: int


class PayoutDeedButton(Button, kind="ed"):
    """With a payout: `approve` (asks first) and `approved`, `decline`, `transfer`, `cash` or `undo`."""

    payout_id: int
    deed: str


class PayoutBatchButton(Button, kind="eb"):
    """With all payouts of a group up to this one, which were on the screen.

    `approve` and `pay` ask first; then `approved`, or by which way they were paid: `transfer`, `cash`.
    """

    group_id: int
    until_id: int
    deed: str


class PayoutsSheetButton(Button, kind="es"):
    """Send a group's payouts as a file."""

    group_id: int


class LookButton(Button, kind="sl"):
    """How does it stand? Under a card that a member sent into any chat; named as nobody can guess."""

    token: str


class GuestButton(Button, kind="so"):
    """I have joined the group of a card that I opened: show me how to order."""

    token: str


class SharePickButton(Button, kind="se"):
    """Let me share a pick."""

    pick_id: int


class PosterButton(Button, kind="sp"):
    """Draw me a poster of a pick with my link."""

    pick_id: int


class SharesButton(Button, kind="ss"):
    """Show a page of how far my cards went; pages count from 0."""

    page: int


class PickSharesButton(Button, kind="sk"):
    """Show a curator a page of how far everybody's cards of a pick went; pages count from 0."""

    pick_id: int
    page: int


class WhoToldButton(Button, kind="st"):
    """Who told me of what I ordered: `ask` me, let me `type` a name, or it was `nobody`."""

    order_id: int
    act: str


class ToldButton(Button, kind="sn"):
    """It was this person who told me of what I ordered."""

    order_id: int
    person_id: int


class FlagsButton(Button, kind="fs"):
    """Show me suspicions about rewards: those that wait, or (standing 1) those that were not put aside."""

    page: int
    standing: int


class FlagButton(Button, kind="ff"):
    """Show me one suspicion."""

    flag_id: int


class FlagDecisionButton(Button, kind="fd"):
    """Decide about it: a word of `FlagOutcome`; `was` is the one that I saw, or `open`; `sure` is 0 or 1."""

    flag_id: int
    outcome: str
    was: str
    sure: int


class AdminButton(Button, kind="ad"):
    """Show an admin a page: `home`, `admins` or `health`."""

    name: str


class AdminGroupsButton(Button, kind="ag"):
    """Show an admin a page of all groups; pages count from 0."""

    page: int


class AdminGroupButton(Button, kind="ae"):
    """Show an admin one group."""

    group_id: int


class AdminAuditButton(Button, kind="aa"):
    """Show an admin a page of what was done in a group, or (0) everywhere; pages count from 0."""

    group_id: int
    page: int


class AdminRightsButton(Button, kind="ai"):
    """`grant` somebody an admin's rights, or `revoke` them; `sure` is 0 or 1."""

    person_id: int
    deed: str
    sure: int


class LettersButton(Button, kind="lt"):
    """Show an admin a page of the updates that could not be handled; pages count from 0."""

    page: int


class LetterButton(Button, kind="ll"):
    """`show` one of them, `retry` or `discard` it; `sure` is 0 or 1."""

    letter_id: int
    deed: str
    sure: int


class UnsentListButton(Button, kind="lu"):
    """Show an admin what could not be sent, reason by reason."""


class UnsentButton(Button, kind="lx"):
    """`show`, `retry` or `discard` all that failed for the same reason as this row; `sure` is 0 or 1."""

    entry_id: int
    deed: str
    sure: int


class ChainButton(Button, kind="jn"):
    """Show me my chain in a group."""

    group_id: int


class AllChainsButton(Button, kind="jl"):
    """Show me all the chains of a group that is mine."""

    group_id: int


class ChainPictureButton(Button, kind="jd"):
    """Draw my chain, or (whole: 1) all the chains of a group that is mine."""

    group_id: int
    whole: int


class ChainSheetButton(Button, kind="jx"):
    """All the chains of a group that is mine as a file."""

    group_id: int


class ChainNameButton(Button, kind="je"):
    """Hide my name in others' chains (1), or show it again (0); the group is the one whose page this is."""

    group_id: int
    hides: int


class CampaignsButton(Button, kind="kl"):
    """A page of all campaigns; pages count from 0."""

    page: int


class CampaignButton(Button, kind="kc"):
    """One campaign: `home`, `promotion`, `groups`, `launch`, `stop` or `unclear`."""

    campaign_id: int
    page: str


class CampaignDeedButton(Button, kind="kd"):
    """Do something with a campaign (0: a new one); `value` says what exactly, as far as there is a choice."""

    campaign_id: int
    deed: str
    value: str


class CampaignPostButton(Button, kind="kp"):
    """Whether a campaign arrived in a group is unclear: it is `there`, or it is sent `again`."""

    campaign_id: int
    group_id: int
    deed: str


class StatisticsButton(Button, kind="tt"):
    """Show me a group's numbers of a `Period`."""

    group_id: int
    period: str


class StatisticsPictureButton(Button, kind="tp"):
    """Draw them, dark (1) or light (0)."""

    group_id: int
    period: str
    dark: int


class StatisticsSheetButton(Button, kind="tx"):
    """The same as a file."""

    group_id: int
    period: str


class OwnReviewsButton(Button, kind="zm"):
    """Show me a page of what I bought, with what I said of it; pages count from 0."""

    page: int


class OwnReviewButton(Button, kind="zo"):
    """My review of one line of an order."""

    order_id: int
    variant_id: int


class StarsButton(Button, kind="zs"):
    """So many stars for it."""

    order_id: int
    variant_id: int
    stars: int


class ReviewDeedButton(Button, kind="zd"):
    """`again`, `never`, `words`, `photos`, `cut_words`, `cut_photos`, `look` or `done`."""

    order_id: int
    variant_id: int
    deed: str


class ReviewsButton(Button, kind="zl"):
    """All that buyers say of a pick's offer, page by page from 0."""

    pick_id: int
    page: int


class ReviewButton(Button, kind="zw"):
    """One review in full, part by part from 0; `page` is the one to go back to."""

    pick_id: int
    review_id: int
    part: int
    page: int


class ReviewPhotosButton(Button, kind="zp"):
    """The photos of a review."""

    pick_id: int
    review_id: int


class HelpfulButton(Button, kind="zh"):
    """I find a review helpful, or do so no more; it stands on this page."""

    pick_id: int
    review_id: int
    page: int


class NoticesButton(Button, kind="nt"):
    """What I am told in private (0), or of which categories of a group."""

    group_id: int


class NoticeSwitchButton(Button, kind="ns"):
    """Tell me of this `NoticeKind` (1), or not any more (0)."""

    notice: str
    is_on: int


class CategoryButton(Button, kind="nc"):
    """`only`, `mute` or `usual`: what I want to hear of a category, by its short key."""

    group_id: int
    category: str
    wish: str


class ShowPurchasesButton(Button, kind="nw"):
    """People who know me may count me among buyers (1), or not (0); on a pick's page, or none (0)."""

    shows: int
    pick_id: int


class StopButton(Button, kind="xs"):
    """Yes, stop what this pick offers, in all groups; offer its buyers their money back (1), or not (0)."""

    pick_id: int
    refunds: int


class RecallButton(Button, kind="xr"):
    """Show me what is stopped (`page`), ask whether it goes on (`lift`), or yes, it does (`lifted`)."""

    recall_id: int
    act: str


class RecallAnswerButton(Button, kind="xa"):
    """A `RecallAnswer` about my order."""

    recall_id: int
    order_id: int
    answer: str


class PrivacyButton(Button, kind="vy"):
    """About what is kept of me: `home`, `data`, `forget`, `sure` or `forgotten`."""

    page: str


class CasesButton(Button, kind="ql"):
    """A page of cases: my `own`, the `open` ones that I decide, or those that are `done`."""

    name: str
    page: int


class CaseButton(Button, kind="qc"):
    """One case, at a page of its history; pages count from 0, the newest."""

    case_id: int
    page: int


class CaseOpenButton(Button, kind="qo"):
    """Something is wrong with my order: `ask` what, or a word of `CaseKind`."""

    order_id: int
    name: str


class CaseSendButton(Button, kind="qx"):
    """Open the case about my order with what I have written."""

    order_id: int


class CaseDeedButton(Button, kind="qd"):
    """Do something in a case; `seen_id` is the last step of it that I saw."""

    case_id: int
    deed: str
    seen_id: int


class TrustButton(Button, kind="ta"):
    """How a group stands with its allowance."""

    group_id: int


class SlotButton(Button, kind="tl"):
    """A pick that waits for its time: `home`, `now`, `ask` (the owner), `times`, `drop` or `dropped`."""

    pick_id: int
    deed: str


class SlotTimeButton(Button, kind="tn"):
    """Post it at this time instead, in seconds since 1970."""

    pick_id: int
    at: int


class TrustVoteButton(Button, kind="tv"):
    """Let a group vote on its caps: `home`, or for so many days (0: count what there is now)."""

    group_id: int
    deed: str


class SuggestionsButton(Button, kind="fy"):
    """A page of what I may like, or with `restored` all of it again that I put aside."""

    page: int
    restored: int


class NotForMeButton(Button, kind="fn"):
    """Do not suggest this pick's offer to me any more; then go on with this page."""

    pick_id: int
    page: int


class WishBackButton(Button, kind="wx"):
    """Take a wish of mine back."""

    wish_id: int


class WishGroupButton(Button, kind="wg"):
    """What I wished for in private is meant for this group."""

    draft_id: int
    group_id: int


class DemandButton(Button, kind="dm"):
    """A page of what a group needs."""

    group_id: int
    page: int


class NeedButton(Button, kind="nd"):
    """One need, with what can be done about it."""

    need_id: int


class NeedDraftButton(Button, kind="nf"):
    """Make a pick of a need, with its numbers filled in."""

    need_id: int


class NeedMergeButton(Button, kind="nm"):
    """Which other need this one is the same as (0: choose)."""

    need_id: int
    other_id: int


class NeedSplitButton(Button, kind="nx"):
    """Those who wished in the words of this wish (0: choose) want something else."""

    need_id: int
    wish_id: int
