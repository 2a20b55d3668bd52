"""The audit log in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.roles import AuditButton
from bot.i18n import Translator
from bot.rules.pricing import Terms
from bot.views.admin_acts import admin_act
from bot.views.campaign_acts import campaign_act
from bot.views.carried_order_acts import carried_order_act
from bot.views.carryings import carrying_act
from bot.views.case_acts import case_act
from bot.views.discrepancies import discrepancy_act
from bot.views.flags import flag_act
from bot.views.handover_acts import handover_act
from bot.views.listings import listing_act
from bot.views.payment_acts import payment_act
from bot.views.payout_acts import payout_act
from bot.views.pricing import terms_in_words
from bot.views.promotion_acts import promotion_act
from bot.views.recalls import recall_act
from bot.views.refund_acts import refund_act
from bot.views.screens import Button, Screen, as_fits, paragraphs
from bot.views.telling_acts import telling_act
from bot.views.trust_acts import trust_act
from bot.views.wish_needs import need_act
from storage.models import Group
from storage.repositories.audit import AuditLine

LINES_A_PAGE = 20


def audit_page(
    t: Translator,
    group: Group,
    acts: Sequence[AuditLine],
    *,
    names: Mapping[int, str],
    page: int,
    has_more: bool,
    now: datetime,
) -> Screen:
    """A page of what was done in a group, the newest first; `names` are those of people acted upon."""
    head = t.html("<b>What was done in {group}</b>", group=group.title)
    if not acts:
        return Screen(text=paragraphs(head, t.html("Nothing yet.")))
    listed = as_fits([_line(t, act, group, names=names, now=now) for act in acts], between="\n", limit=3800)
    assert group.id is not None
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=AuditButton(group.id, page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=AuditButton(group.id, page + 1)))
    return Screen(text=paragraphs(head, listed), buttons=[turning] if turning else ())


def _line(t: Translator, act: AuditLine, group: Group, *, names: Mapping[int, str], now: datetime) -> Markup:
    return t.html(
        "{moment} · {name}: {act}",
        moment=t.moment(act.happened_at, group.time_zone, now=now),
        name=act.name or t("in the group's name"),
        act=act_in_words(t, act, names),
    )


def act_in_words(t: Translator, act: AuditLine, names: Mapping[int, str]) -> str:
    """One act in words, after the name of whoever did it; `names` are those of people acted upon."""
    person = names.get(act.details.get("person_id", 0), "?")
    match act.action:
        case "curator_appointed" if act.details.get("own_picks_only"):
            return t("made {person} a curator of own picks", person=person)
        case "curator_appointed":
            return t("made {person} a curator", person=person)
        case "curator_dismissed":
            return t("dismissed {person} as curator", person=person)
        case "helper_appointed":
            return t("made {person} a helper at a pick-up point", person=person)
        case "helper_dismissed":
            return t("dismissed {person} as helper", person=person)
        case "group_configured":
            return t("changed the setting {setting}", setting=act.details.get("setting", ""))
        case "accounts_taken":
            return t("took the group's accounts as a file")
        case "chains_taken":
            return t("took the group's chains as a file")
        case "offers_imported" | "offer_archived" | "offer_restored":
            return _offer_act(t, act)
        case "proposal_accepted":
            return t("accepted “{title}”, recommended by {person}", person=person, title=act.details["title"])
        case "proposal_declined":
            return t("declined “{title}”, recommended by {person}", person=person, title=act.details["title"])
    of_money = payment_act(t, act, person) or refund_act(t, act, person=person)
    of_money = of_money or discrepancy_act(t, act, person) or payout_act(t, act, person=person)
    of_money = of_money or flag_act(t, act, person) or admin_act(t, act, person)
    of_money = of_money or carried_order_act(t, act)
    of_money = of_money or promotion_act(t, act) or campaign_act(t, act) or case_act(t, act, person)
    of_money = of_money or recall_act(t, act.action, act.details) or need_act(t, act.action)
    of_money = of_money or listing_act(t, act)
    of_picks = handover_act(t, act) or trust_act(t, act) or telling_act(t, act) or carrying_act(t, act)
    return of_money or of_picks or _pick_act(t, act)


def _offer_act(t: Translator, act: AuditLine) -> str:
    details = act.details
    match act.action:
        case "offer_archived":
            return t("archived the offer {title}", title=details.get("title", ""))
        case "offer_restored":
            return t("brought back the offer {title}", title=details.get("title", ""))
    return t(
        "imported offers: {new} new, {changed} changed",
        new=t.number(details.get("new", 0)),
        changed=t.number(details.get("changed", 0)),
    )


def _pick_act(t: Translator, act: AuditLine) -> str:
    number = act.pick_number
    match act.action:
        case "pick_posted":
            return t("posted #{number}", number=number)
        case "pick_scheduled":
            return t("scheduled #{number}", number=number)
        case "pick_reposted":
            return t("posted #{old} again as #{number}", old=act.details.get("number"), number=number)
        case "pick_edited":
            return t("changed #{number}", number=number)
        case "pick_withdrawn":
            return t("withdrew #{number}: {reason}", number=number, reason=act.details.get("reason", ""))
        case "pick_closed":
            return t("closed #{number}", number=number)
        case "pick_extended":
            return t("extended #{number}", number=number)
        case "rounds_joined":
            return t("said that #{number} is #{old} once more", old=act.details.get("number"), number=number)
        case "rounds_parted":
            return t("said that #{number} is not #{old}", old=act.details.get("number"), number=number)
        case "question_answered":
            return t("answered a question about #{number}", number=number)
        case "price_changed":
            return t("changed the price of #{number}: {terms}", number=number, terms=_terms(t, act))
    raise LookupError(f"no words for {act.action}")


def _terms(t: Translator, act: AuditLine) -> str:
    to, currency = act.details.get("to"), act.details.get("currency")
    return terms_in_words(t, Terms.read(to), currency) if to and currency else "?"
