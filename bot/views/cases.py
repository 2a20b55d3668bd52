"""One case, as its member sees it and as those do who decide: where it stands, and its whole history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from markupsafe import Markup

from bot.callbacks.cases import CaseButton, CaseDeedButton, CasesButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.cases import Bounds, may_go_on
from bot.services.cases.seeing import Decider
from bot.views.screens import Button, Screen, as_fits, in_rows, lines, shortened
from storage.repositories.case_lists import CaseStep, SeenCase
from storage.states import CaseAct, CaseKind, CaseLevel, CaseOutcome, CaseSide, CaseStage

STEPS_A_PAGE: Final = 3

_LONGEST_NAME = 40
_LONGEST_TITLE = 60
_DAY = 24


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """One case with all that is shown of it to one reader."""

    seen: SeenCase
    steps: Sequence[CaseStep]
    #: Pages of the history count from 0, the newest.
    page: int
    reader: Decider
    bounds: Bounds
    gives_credit: bool
    now: datetime

    @property
    def is_member(self) -> bool:
        """Whether she reads her own case."""
        return self.reader.person_id == self.seen.person_id

    @property
    def decides(self) -> bool:
        """Whether it is hers to decide now."""
        return self.seen.stage is not CaseStage.RESOLVED and self.seen.level in self.reader.levels

    @property
    def last_id(self) -> int:
        """The last step that she sees."""
        return self.steps[-1].id if self.steps else 0


def case_page(t: Translator, facts: CaseFacts, *, said: Markup | None = None) -> Screen:
    """A case: what about, where it stands, its history, and what can be done; `said` is what happened."""
    seen = facts.seen
    shown = _shown(facts)
    return Screen(
        text=as_fits(
            (
                *([said] if said else []),
                case_head(t, seen, is_member=facts.is_member),
                standing(t, seen, is_member=facts.is_member, now=facts.now),
                *([t.html("The history, the newest last:")] if facts.steps else []),
                *(_step(t, facts, step) for step in shown),
            ),
            between="\n\n",
        ),
        buttons=[
            *(_of_member(t, facts) if facts.is_member else _of_decider(t, facts)),
            _turning(t, facts),
            [_deed(t("Photos"), facts, "photos")] if any(one.photo_ids for one in facts.steps) else [],
            [Button(text=t("‹ All cases"), data=CasesButton("own" if facts.is_member else "open", 0))],
        ],
    )


def case_head(t: Translator, seen: SeenCase, *, is_member: bool) -> Markup:
    """Which order it is about, and what is wrong with it."""
    head = (
        t.html("<b>Your case about order {number}</b>", number=seen.order_number)
        if is_member
        else t.html(
            "<b>Case about order {number}: {name}</b>", number=seen.order_number, name=_name(seen.name)
        )
    )
    return lines(
        head,
        t.html(
            "#{number} {title} ({group})",
            number=seen.pick_number,
            title=shortened(seen.title, _LONGEST_TITLE),
            group=seen.group_title,
        ),
        t.html("What is wrong: {kind}", kind=kind_words(t, seen.kind)),
    )


def standing(t: Translator, seen: SeenCase, *, is_member: bool, now: datetime) -> Markup:
    """Whose turn it is, and until when; or how it ended."""
    until = t.moment(seen.due_at, seen.time_zone, now=now) if seen.due_at is not None else "–"
    if seen.stage is CaseStage.RESOLVED:
        return _ended(t, seen)
    if seen.stage is CaseStage.OFFERED:
        offered = outcome_words(t, seen.offered, seen.offered_amount, seen.currency)
        if is_member:
            return lines(
                t.html("<b>You are offered:</b> {offer}", offer=offered),
                t.html("Please say by {moment} whether you take it.", moment=until),
            )
        return t.html("Offered: {offer}. {name} can take it until {moment}.",
                      offer=offered, name=_name(seen.name), moment=until)  # fmt: skip
    late = seen.due_at is not None and seen.due_at <= now
    match seen.level:
        case CaseLevel.CURATOR:
            words = t.html("Your curator promised to answer by {moment}.", moment=until)
            theirs = t.html("The curator of the pick answers by {moment}.", moment=until)
        case CaseLevel.OWNER:
            words = t.html("The owner of the group promised to answer by {moment}.", moment=until)
            theirs = t.html("The owner of the group answers by {moment}.", moment=until)
        case CaseLevel.ADMIN:
            words = t.html("Whoever runs this bot has the last word, by {moment}.", moment=until)
            theirs = words
    overdue = t.html("<b>That time is over.</b>") if late else None
    return lines(words if is_member else theirs, overdue)


def outcome_words(t: Translator, outcome: str | None, amount: int | None, currency: str) -> str:
    """How a case ends, or would end; `outcome` is a word of `CaseOutcome`."""
    money = t.money(Money(amount=amount or 0, currency=currency))
    match outcome:
        case CaseOutcome.REPLACEMENT:
            return t("a replacement")
        case CaseOutcome.REFUND:
            return t("{amount} back", amount=money)
        case CaseOutcome.CREDIT:
            return t("{amount} of store credit", amount=money)
        case CaseOutcome.WITHDRAWN:
            return t("taken back")
    return t("nothing")


def kind_words(t: Translator, kind: CaseKind) -> str:
    """What is wrong, short enough for a button."""
    words = {
        CaseKind.LATE: t("It is late"),
        CaseKind.DAMAGED: t("It is damaged"),
        CaseKind.WRONG: t("The wrong thing"),
        CaseKind.MISSING: t("Something is missing"),
        CaseKind.NOT_AS_DESCRIBED: t("Not as described"),
        CaseKind.OTHER: t("Something else"),
    }
    return words[kind]


def hours_words(t: Translator, hours: float) -> str:
    """How long something took: in hours, or in days where those are many."""
    if hours >= 2 * _DAY:
        return t.plural("{n} day", "{n} days", round(hours / _DAY))
    return t.plural("{n} hour", "{n} hours", max(1, round(hours)))


def _ended(t: Translator, seen: SeenCase) -> Markup:
    assert seen.resolved_at is not None
    took = hours_words(t, (seen.resolved_at - seen.opened_at) / timedelta(hours=1))
    if seen.outcome is CaseOutcome.WITHDRAWN:
        return t.html("<b>Over:</b> taken back by the member.")
    if seen.outcome is CaseOutcome.NOTHING:
        return t.html("<b>Over</b> after {time}: nothing was given for it.", time=took)
    ended = t.html(
        "<b>Settled</b> within {time}: {outcome}.",
        time=took,
        outcome=outcome_words(t, seen.outcome, seen.offered_amount, seen.currency),
    )
    if not seen.is_by_word:
        return ended
    given = (
        t.html("Marked as given.")
        if seen.given_at is not None
        else t.html("The curator gives it by hand, and marks it here as given.")
    )
    return lines(ended, given)


def _shown(facts: CaseFacts) -> Sequence[CaseStep]:
    end = len(facts.steps) - facts.page * STEPS_A_PAGE
    return facts.steps[max(0, end - STEPS_A_PAGE) : max(0, end)]


def _step(t: Translator, facts: CaseFacts, step: CaseStep) -> Markup:
    """One step: when, who, what, and the words, which may run from right to left."""
    photos = len(step.photo_ids or ())
    return lines(
        t.html(
            "{moment} · {who}: {act}",
            moment=t.moment(step.happened_at, facts.seen.time_zone, now=facts.now),
            who=_who(t, facts, step),
            act=_act(t, facts.seen, step),
        ),
        Markup("<i>\u2068{}\u2069</i>").format(step.words) if step.words else None,
        t.html_plural("{n} photo", "{n} photos", photos) if photos else None,
    )


def _who(t: Translator, facts: CaseFacts, step: CaseStep) -> str:
    """A name where both sides know it anyway; whoever runs the bot speaks for the bot."""
    name = _name(step.name or "?")
    match step.side:
        case CaseSide.MEMBER:
            return t("you") if facts.is_member else name
        case CaseSide.CURATOR:
            return t("{name}, curator", name=name)
        case CaseSide.OWNER:
            return t("{name}, owner", name=name)
        case CaseSide.ADMIN:
            return t("whoever runs the bot")
    return t("the bot")


def _act(t: Translator, seen: SeenCase, step: CaseStep) -> str:
    outcome = outcome_words(t, step.outcome, step.amount, seen.currency)
    match step.act:
        case CaseAct.OPENED:
            return t("opened the case")
        case CaseAct.SAID:
            return t("wrote")
        case CaseAct.OFFERED:
            return t("offered {outcome}", outcome=outcome)
        case CaseAct.ACCEPTED:
            return t("took the offer: {outcome}", outcome=outcome)
        case CaseAct.REFUSED:
            return t("did not take it and went on")
        case CaseAct.ESCALATED:
            return t("went on to whoever decides next")
        case CaseAct.OVERDUE:
            return t("nobody answered in time, so it went on")
        case CaseAct.WITHDRAWN:
            return t("took the case back")
    if step.side is CaseSide.BOT:
        return t("closed it, since nobody answered")
    if step.id > 0 and seen.given_at is not None and step.happened_at == seen.given_at:
        return t("marked it as given: {outcome}", outcome=outcome)
    return t("decided: {outcome}", outcome=outcome)


def _of_member(t: Translator, facts: CaseFacts) -> list[Sequence[Button]]:
    seen = facts.seen
    if seen.stage is CaseStage.RESOLVED:
        return []
    goes_on = may_go_on(
        stage=seen.stage, level=seen.level, answered_at=seen.answered_at, due_at=seen.due_at, now=facts.now
    )
    is_offered = seen.stage is CaseStage.OFFERED
    accepts = t("Let it rest") if seen.offered is CaseOutcome.NOTHING else t("I take it")
    upward = t("Ask the owner") if _owner_is_next(seen) else t("Ask who runs the bot")
    return [
        [_deed(accepts, facts, "accept")] if is_offered else [],
        [_deed(upward, facts, "go_on")] if goes_on else [],
        [_deed(t("Write something"), facts, "say"), _deed(t("Take it back"), facts, "withdraw")],
    ]


def _of_decider(t: Translator, facts: CaseFacts) -> list[Sequence[Button]]:
    seen = facts.seen
    if seen.stage is CaseStage.RESOLVED:
        waits = seen.is_by_word and seen.given_at is None and facts.reader.levels
        return [[_deed(t("It was given"), facts, "given")]] if waits else []
    if not facts.reader.levels:
        return []
    deeds = []
    if facts.decides:
        deeds = [
            _deed(t("Replace it"), facts, "replacement"),
            *([_deed(t("Give money back"), facts, "refund")] if facts.bounds.refund else []),
            *(
                [_deed(t("Give store credit"), facts, "credit")]
                if facts.gives_credit and facts.reader.may_give_credit and facts.bounds.credit
                else []
            ),
            _deed(t("Give nothing"), facts, "nothing"),
        ]
    return [*in_rows(deeds, width=2), [_deed(t("Write something"), facts, "say")]]


def _owner_is_next(seen: SeenCase) -> bool:
    asked = (seen.curator_id, seen.person_id)
    return seen.level is CaseLevel.CURATOR and seen.owner_id is not None and seen.owner_id not in asked


def _turning(t: Translator, facts: CaseFacts) -> list[Button]:
    turning = []
    if (facts.page + 1) * STEPS_A_PAGE < len(facts.steps):
        turning.append(Button(text=t("‹ Earlier"), data=CaseButton(facts.seen.id, facts.page + 1)))
    if facts.page > 0:
        turning.append(Button(text=t("Later ›"), data=CaseButton(facts.seen.id, facts.page - 1)))
    return turning


def _deed(text: str, facts: CaseFacts, deed: str) -> Button:
    return Button(text=text, data=CaseDeedButton(facts.seen.id, deed, facts.last_id))


def _name(name: str) -> str:
    return shortened(name, _LONGEST_NAME)
