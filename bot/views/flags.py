"""What looks like abuse of rewards, for those who decide it: the list, the facts, and what was decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.flags import FlagButton, FlagDecisionButton, FlagsButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.flags import FlagSeen
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group
from storage.repositories.audit import AuditLine
from storage.repositories.flags import OpenedFlag
from storage.states import FlagKind, FlagOutcome

FLAGS_A_PAGE: Final = 8
UNDECIDED: Final = "open"
"""Stands in a button for a suspicion of which nothing was decided yet."""

_MOST_NAMES = 10
_LONGEST_NAME = 30


def flags_list(
    t: Translator, found: Sequence[OpenedFlag], *, page: int, standing: bool, has_more: bool
) -> Screen:
    """A page of the suspicions that wait, or of those that are watched or withheld."""
    other = Button(
        text=t("‹ Those that wait") if standing else t("Watched and withheld ›"),
        data=FlagsButton(0, int(not standing)),
    )
    if not found and page == 0:
        nothing = (
            t.html("Nobody is watched, and nobody's rewards are withheld.")
            if standing
            else t.html("Nothing about rewards waits for a decision.")
        )
        return Screen(text=nothing, buttons=[[other]])
    head = t.html("<b>Watched and withheld</b>") if standing else t.html("<b>Rewards to look at</b>")
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=FlagsButton(page - 1, int(standing))))
    if has_more:
        turning.append(Button(text=t("More ›"), data=FlagsButton(page + 1, int(standing))))
    return Screen(
        text=as_fits(
            (
                head,
                *([] if standing else [_what_waits(t)]),
                *(Markup("{}\n{}").format(one.group_title, _what(t, one)) for one in found),
            ),
            between="\n\n",
        ),
        buttons=[
            *([Button(text=_short(t, one), data=FlagButton(one.id))] for one in found),
            turning,
            [other],
        ],
    )


def flag_page(t: Translator, seen: FlagSeen, *, now: datetime) -> Screen:
    """One suspicion: the evidence, what may be behind it, and what can be decided."""
    flag = seen.flag
    pending = t.money(Money(amount=seen.pending_amount, currency=flag.currency))
    return Screen(
        text=paragraphs(
            Markup("<b>{}</b>").format(flag.group_title),
            lines(_what(t, flag), *_evidence(t, seen)),
            _innocent(t, flag.kind),
            t.html("Still to come to {name} here: {amount}.", name=_name(flag.name), amount=pending)
            if seen.pending_amount
            else None,
            _outcome(t, flag, now=now) if flag.settled_at else None,
            _meaning(t, flag),
        ),
        buttons=[*_deeds(t, flag), [Button(text=t("‹ All of them"), data=FlagsButton(0, 0))]],
    )


def decision_asked(t: Translator, seen: FlagSeen, outcome: FlagOutcome) -> Screen:
    """Is she sure? Withholding needs words, and sending them is the answer."""
    flag = seen.flag
    back = Button(text=t("‹ Back"), data=FlagButton(flag.id))
    if outcome is FlagOutcome.WITHHOLD:
        words = t.html(
            "Write in a few words why {name} gets no rewards in {group}. As soon as you send them it is "
            "so, and they are told your words.",
            name=_name(flag.name),
            group=flag.group_title,
        )
        return Screen(text=paragraphs(words, _counts_for_all(t, flag)), buttons=[[back]])
    asked = (
        t.html("Is there nothing in it? Rewards are then paid as usual.")
        if outcome is FlagOutcome.FINE
        else t.html("Keep an eye on it? Rewards are paid, and you hear of it again if there is more.")
    )
    sure = Button(
        text=t("Yes, nothing in it") if outcome is FlagOutcome.FINE else t("Yes, keep an eye on it"),
        data=FlagDecisionButton(flag.id, outcome.value, _was(flag), 1),
    )
    return Screen(text=paragraphs(_what(t, flag), asked, _counts_for_all(t, flag)), buttons=[[sure], [back]])


def flags_notice(t: Translator, group: Group, count: int) -> Screen:
    """In private, to whoever may decide: so much waits."""
    return Screen(
        text=t.html_plural(
            "{n} thing about rewards in {group} looks odd and waits for you to look at it.",
            "{n} things about rewards in {group} look odd and wait for you to look at them.",
            count,
            group=group.title,
        ),
        buttons=[[Button(text=t("Show me"), data=FlagsButton(0, 0))]],
    )


def withheld_notice(t: Translator, flag: OpenedFlag) -> Markup:
    """To whoever gets no rewards from now on, with the words of whoever decided it."""
    return lines(
        t.html("Your rewards in {group} are withheld: {note}", group=flag.group_title, note=flag.note),
        t.html("If that is a mistake, please tell the owner of the group."),
    )


def released_notice(t: Translator, flag: OpenedFlag) -> Markup:
    """To whoever gets rewards again."""
    return t.html("Your rewards in {group} are no longer withheld.", group=flag.group_title)


def settled_toast(t: Translator, outcome: FlagOutcome) -> str:
    """It is decided."""
    words = {
        FlagOutcome.FINE: t("Done: rewards are paid as usual."),
        FlagOutcome.WATCH: t("Done: you hear of it if there is more."),
        FlagOutcome.WITHHOLD: t("Done: rewards are withheld."),
    }
    return words[outcome]


def flag_act(t: Translator, act: AuditLine, person: str) -> str | None:
    """What was decided, for the audit log; `person` is whom it was about."""
    if act.action != "flag_settled":
        return None
    match act.details.get("outcome"):
        case FlagOutcome.WITHHOLD:
            return t("withheld the rewards of {person}: {note}", person=person, note=act.details["note"])
        case FlagOutcome.WATCH:
            return t("keeps an eye on the rewards of {person}", person=person)
    return t("found nothing against paying {person} rewards", person=person)


def _what_waits(t: Translator) -> Markup:
    return t.html(
        "The bot noticed these by itself and decides nothing. Until you have, the first reward of whoever "
        "is named waits."
    )


def _what(t: Translator, flag: OpenedFlag) -> Markup:
    """The suspicion in one sentence."""
    name, other, facts = _name(flag.name), _name(flag.other or "?"), flag.evidence
    match flag.kind:
        case FlagKind.SELF_REFERRAL:
            return t.html_plural(
                "{name} paid for {n} order of {other}, and has a reward coming for it.",
                "{name} paid for {n} orders of {other}, and has a reward coming for them.",
                facts["orders"],
                name=name,
                other=other,
            )
        case FlagKind.CLOSED_PAIR:
            return t.html(
                "{name} and {other} order almost only on each other's word.", name=name, other=other
            )
        case FlagKind.LOOP:
            return t.html(
                "{name} and others are a ring: each of the {count} orders almost only on the next one's "
                "word.",
                name=name,
                count=t.number(len(facts["people"])),
            )
        case FlagKind.BURST:
            return t.html(
                "{name} brought {count} people within {minutes} min.",
                name=name,
                count=t.number(facts["brought"]),
                minutes=t.number(facts["minutes"]),
            )
        case FlagKind.ONE_PAYER:
            return t.html(
                "{other} paid for {count} people whose orders earn {name} rewards.",
                name=name,
                other=other,
                count=t.number(len(facts["people"])),
            )
        case FlagKind.COUPON_GUESSES:
            return t.html(
                "{name} tried {count} wrong codes within a day.", name=name, count=t.number(facts["guesses"])
            )


def _evidence(t: Translator, seen: FlagSeen) -> list[Markup]:
    flag, facts = seen.flag, seen.flag.evidence
    told = []
    people = facts.get("people", ())
    if len(people) > 2:
        names = [_name(seen.names.get(person_id, "?")) for person_id in people[:_MOST_NAMES]]
        more = len(people) - len(names)
        listed = t("{names} and {count} more", names=", ".join(names), count=t.number(more))
        told.append(t.html("Who: {names}.", names=listed if more else t.listed(names)))
    if "orders" in facts and flag.kind is not FlagKind.SELF_REFERRAL:
        told.append(t.html("Orders in question: {count}.", count=t.number(facts["orders"])))
    if flag.kind is FlagKind.BURST:
        told.append(
            t.html(
                "Of these people, {ordered} have ordered something and {left} have left.",
                ordered=t.number(facts["ordered"]),
                left=t.number(facts["left"]),
            )
        )
    return told


def _innocent(t: Translator, kind: FlagKind) -> Markup:
    match kind:
        case FlagKind.SELF_REFERRAL:
            return t.html(
                "It may be one person with two accounts, or a friend who helped out with the money."
            )
        case FlagKind.CLOSED_PAIR:
            return t.html("It may be two accounts of one person, or two good friends.")
        case FlagKind.LOOP:
            return t.html("It may be accounts that belong together, or a circle of friends.")
        case FlagKind.BURST:
            return t.html(
                "It may be accounts that somebody made, or a link that was posted in a large group."
            )
        case FlagKind.ONE_PAYER:
            return t.html("It may be accounts that belong together, or a household with one purse.")
        case FlagKind.COUPON_GUESSES:
            return t.html("It may be a hunt for codes, or somebody who cannot read a handwritten one.")


def _meaning(t: Translator, flag: OpenedFlag) -> Markup:
    """What each decision does."""
    return lines(
        t.html("<b>Nothing in it</b>: rewards are paid as usual.")
        if flag.outcome is not FlagOutcome.FINE
        else None,
        t.html("<b>Keep an eye on it</b>: rewards are paid, and you hear of it again if there is more.")
        if flag.outcome is not FlagOutcome.WATCH
        else None,
        t.html("<b>Withhold</b>: no rewards in this group until you lift it; they are told why.")
        if flag.outcome is not FlagOutcome.WITHHOLD
        else None,
    )


def _deeds(t: Translator, flag: OpenedFlag) -> list[Sequence[Button]]:
    words = {
        FlagOutcome.FINE: t("Nothing in it"),
        FlagOutcome.WATCH: t("Keep an eye on it"),
        FlagOutcome.WITHHOLD: t("Withhold…"),
    }
    if flag.outcome is FlagOutcome.WITHHOLD:
        words[FlagOutcome.FINE] = t("Lift it: nothing in it")
    return [
        [Button(text=said, data=FlagDecisionButton(flag.id, outcome.value, _was(flag), 0))]
        for outcome, said in words.items()
        if outcome is not flag.outcome
    ]


def _outcome(t: Translator, flag: OpenedFlag, *, now: datetime) -> Markup:
    assert flag.settled_at is not None
    words = {
        FlagOutcome.FINE: t("there is nothing in it"),
        FlagOutcome.WATCH: t("it is watched"),
        FlagOutcome.WITHHOLD: t("rewards are withheld"),
    }
    return lines(
        t.html(
            "{name} decided on {moment}: {decision}.",
            name=flag.settled_by or "",
            moment=t.moment(flag.settled_at, flag.time_zone, now=now),
            decision=words[flag.outcome] if flag.outcome else "",
        ),
        t.html("Note: {note}", note=flag.note) if flag.note else None,
    )


def _counts_for_all(t: Translator, flag: OpenedFlag) -> Markup | None:
    if flag.kind not in (FlagKind.CLOSED_PAIR, FlagKind.LOOP):
        return None
    return t.html("What you decide counts for everybody who is in it.")


def _was(flag: OpenedFlag) -> str:
    return flag.outcome.value if flag.outcome else UNDECIDED


def _short(t: Translator, flag: OpenedFlag) -> str:
    words = {
        FlagKind.SELF_REFERRAL: t("paid it themselves"),
        FlagKind.CLOSED_PAIR: t("a pair"),
        FlagKind.LOOP: t("a ring"),
        FlagKind.BURST: t("many at once"),
        FlagKind.ONE_PAYER: t("one payer for many"),
        FlagKind.COUPON_GUESSES: t("guessed codes"),
    }
    return t("{name}: {what}", name=_name(flag.name), what=words[flag.kind])


def _name(name: str) -> str:
    return shortened(name, _LONGEST_NAME)
