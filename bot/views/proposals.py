"""Proposals: the member's steps, the curators' decision, and who vouches for what was posted."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.proposals import ProposalButton, RecommendButton, RecommendGroupButton
from bot.i18n import Translator
from bot.rules.proposals import Recommendation, RecommendStep
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.models import Draft, Group, Pick, Proposal
from storage.states import ProposalState

_VOUCH_SHOWN = 200


def vouched(t: Translator, pick: Pick, *, curator: str | None, voucher: str | None) -> Markup | None:
    """Who vouches for a pick: the member who proposed it, in her words, else its curator."""
    if voucher is not None:
        words = shortened(pick.vouch_words or "", _VOUCH_SHOWN)
        if words:
            return t.html("Vouched for by {name}: “{words}”", name=voucher, words=words)
        return t.html("Vouched for by {name}.", name=voucher)
    return t.html("{name} vouches for it.", name=curator) if curator is not None else None


def recommend_step(
    t: Translator, draft: Draft, said: Recommendation, *, groups: Sequence[Group], group: Group | None
) -> Screen:
    """What a member is asked now."""
    step = RecommendStep(draft.step)
    match step:
        case RecommendStep.GROUP:
            return _which_group(t, draft, groups)
        case RecommendStep.PHOTO:
            asked = t.html("Send a photo of it, the best you have.")
            head = _welcome(t, group)
        case RecommendStep.TITLE:
            asked, head = t.html("What is it? A few words, like on a label."), None
        case RecommendStep.WORDS:
            asked, head = t.html("Why do you vouch for it? In your own words; others may read them."), None
        case RecommendStep.BOUGHT:
            return _bought(t, draft)
        case RecommendStep.LOOK:
            return _look(t, draft, said, group=group)
    return Screen(
        text=paragraphs(head, asked, _said_so_far(t, said, step)),
        buttons=_ways(t, draft, step, has_back=step is not RecommendStep.PHOTO or len(groups) > 1),
    )


def recommend_sent(t: Translator, group: Group) -> Screen:
    """To the member: it is on its way."""
    return Screen(
        text=t.html(
            "Thank you! The curators of {group} have it now, and I will tell you what they decide.",
            group=group.title,
        )
    )


def recommend_stopped(t: Translator) -> Screen:
    """To the member: nothing was sent."""
    return Screen(text=t.html("All right, nothing was sent. /recommend begins again."))


def recommend_nowhere(t: Translator) -> Markup:
    """To somebody whom the bot has not met in any group yet."""
    return t.html("I have not met you in a group yet. Write /recommend in yours, and we begin.")


def own_proposals(t: Translator, proposals: Sequence[Proposal]) -> Markup | None:
    """What has become of a member's earlier proposals."""
    rows = [
        t.html("• {title}: {state}", title=proposal.title, state=_state(t, proposal))
        for proposal in proposals
    ]
    return lines(t.html("<b>You have recommended</b>"), *rows) if rows else None


def proposal_card(
    t: Translator, proposal: Proposal, group: Group, *, name: str, is_asking: bool = False
) -> Screen:
    """To a curator: who recommends what, and what can be done; `is_asking` before it is declined.

    It fits beneath a photo.
    """
    assert proposal.id is not None
    name = shortened(name, 100)
    text = lines(
        t.html("<b>{group}</b>: {name} recommends", group=shortened(group.title, 100), name=name),
        Markup("<b>{}</b>").format(shortened(proposal.title, 150)),
        t.html("“{text}”", text=shortened(proposal.words, 400)) if proposal.words else None,
        t.html("Has bought it before.") if proposal.has_bought else t.html("Has not bought it so far."),
    )
    if proposal.state is not ProposalState.PENDING:
        return Screen(text=paragraphs(text, _decided(t, proposal)))
    key = proposal.id
    if is_asking:
        question = t.html("{name} will read a kind word from the group. Would you add why?", name=name)
        return Screen(
            text=paragraphs(text, question),
            buttons=[
                [Button(text=t("Add a word of why"), data=ProposalButton(key, "why"))],
                [Button(text=t("Decline without"), data=ProposalButton(key, "plain"))],
                [Button(text=t("‹ Back"), data=ProposalButton(key, "keep"))],
            ],
        )
    return Screen(
        text=text,
        buttons=[
            [
                Button(text=t("Accept"), data=ProposalButton(key, "accept")),
                Button(text=t("Edit first"), data=ProposalButton(key, "edit")),
            ],
            [Button(text=t("Decline kindly"), data=ProposalButton(key, "decline"))],
        ],
    )


def proposal_in_group(t: Translator, *, name: str, link: str) -> Screen:
    """In the group, where no curator has opened a private chat."""
    return Screen(
        text=t.html("{name} recommends something for this group. Curators, please look.", name=name),
        buttons=[[Button(text=t("Look in private"), url=link)]],
    )


def reason_wanted(t: Translator, proposal: Proposal, *, name: str) -> Screen:
    """To a curator who wants to say why."""
    return Screen(
        text=t.html("Please write what {name} shall read about “{title}”.", name=name, title=proposal.title),
        buttons=[[Button(text=t("Not now"), data=ProposalButton(proposal.id or 0, "later"))]],
    )


def reason_put_off(t: Translator) -> Screen:
    """To a curator who would rather say nothing yet."""
    return Screen(text=t.html("All right, nothing was decided."))


def proposal_settled(t: Translator, *, name: str) -> Markup:
    """To a curator who has declined, with a word of why."""
    return t.html("Declined kindly. {name} reads your words, without your name.", name=name)


def proposal_accepted(t: Translator) -> str:
    """To a curator who has accepted."""
    return t("Accepted: the draft below needs a price.")


def proposal_declined(t: Translator, proposal: Proposal, group: Group) -> Screen:
    """To the member; who decided is nobody's business."""
    return Screen(
        text=paragraphs(
            t.html(
                "Thank you for recommending “{title}” in {group}. It does not fit there right now; "
                "please do not let that keep you from recommending the next good thing.",
                title=proposal.title,
                group=group.title,
            ),
            t.html("A word on it: {reason}", reason=proposal.reason) if proposal.reason else None,
        )
    )


def proposal_posted(t: Translator, proposal: Proposal, group: Group, *, number: int, link: str) -> Screen:
    """To the member: it is on offer, under her name."""
    return Screen(
        text=t.html(
            "What you recommended is on offer: “{title}” is pick #{number} in {group}, "
            "and the card says that you vouch for it. Thank you!",
            title=proposal.title,
            number=number,
            group=group.title,
        ),
        buttons=[[Button(text=t("Details"), url=link)]],
    )


def _which_group(t: Translator, draft: Draft, groups: Sequence[Group]) -> Screen:
    buttons: list[list[Button]] = [
        [Button(text=shortened(group.title, 40), data=RecommendGroupButton(draft.id or 0, group.id or 0))]
        for group in groups
    ]
    stop = Button(text=t("Stop"), data=RecommendButton(draft.id or 0, draft.step, "stop"))
    return Screen(text=t.html("Which group would you recommend it to?"), buttons=[*buttons, [stop]])


def _welcome(t: Translator, group: Group | None) -> Markup | None:
    if group is None:
        return None
    return t.html(
        "You know something good? Tell me, and the curators of {group} will look at it.", group=group.title
    )


def _bought(t: Translator, draft: Draft) -> Screen:
    key, step = draft.id or 0, draft.step
    return Screen(
        text=t.html("Have you bought it yourself?"),
        buttons=[
            [
                Button(text=t("Yes, I have"), data=RecommendButton(key, step, "yes")),
                Button(text=t("Not yet"), data=RecommendButton(key, step, "no")),
            ],
            *_ways(t, draft, RecommendStep.BOUGHT, has_back=True),
        ],
    )


def _look(t: Translator, draft: Draft, said: Recommendation, *, group: Group | None) -> Screen:
    key, step = draft.id or 0, draft.step
    send = Button(text=t("Send it"), data=RecommendButton(key, step, "send"))
    return Screen(
        text=paragraphs(
            t.html("<b>Your recommendation to {group}</b>", group=group.title if group else ""),
            lines(
                Markup.escape(said.title) if said.title else t.html("<i>What it is: still missing.</i>"),
                t.html("“{text}”", text=said.words) if said.words else None,
                t.html("With your photo.") if said.photo_id else t.html("Without a photo."),
                t.html("You have bought it.")
                if said.has_bought
                else t.html("You have not bought it so far."),
            ),
        ),
        buttons=[
            [send] if said.title else [],
            [
                Button(text=t("‹ Back"), data=RecommendButton(key, step, "back")),
                Button(text=t("Stop"), data=RecommendButton(key, step, "stop")),
            ],
        ],
    )


def _said_so_far(t: Translator, said: Recommendation, step: RecommendStep) -> Markup | None:
    if step is RecommendStep.PHOTO:
        return t.html("I have a photo; another one replaces it.") if said.photo_id else None
    text = {RecommendStep.TITLE: said.title, RecommendStep.WORDS: said.words}.get(step)
    return t.html("So far: {text}", text=text) if text else None


def _ways(t: Translator, draft: Draft, step: RecommendStep, *, has_back: bool) -> list[list[Button]]:
    key = draft.id or 0
    back = [Button(text=t("‹ Back"), data=RecommendButton(key, step, "back"))] if has_back else []
    skip = Button(text=t("Skip ›"), data=RecommendButton(key, step, "skip"))
    return [[*back, skip], [Button(text=t("Stop"), data=RecommendButton(key, step, "stop"))]]


def _state(t: Translator, proposal: Proposal) -> str:
    if proposal.pick_id is not None:
        return t("posted")
    words = {
        ProposalState.PENDING: t("being looked at"),
        ProposalState.ACCEPTED: t("being prepared"),
        ProposalState.DECLINED: t("not this time"),
    }
    return words[proposal.state]


def _decided(t: Translator, proposal: Proposal) -> Markup:
    if proposal.state is ProposalState.DECLINED:
        return t.html("Declined.")
    if proposal.pick_id is not None:
        return t.html("Accepted and posted.")
    return t.html("Accepted: it is a draft now.")
