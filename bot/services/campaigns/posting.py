"""A campaign goes out: a few posts at a time, each handed over once, each group's allowance kept.

A post moves on in the transaction that writes what it means: into the outbox (sending), to Telegram
(trying), and on by Telegram's answer. Whatever stops the bot in between, it goes on from there. What was
with Telegram when no answer came may have arrived or not, and Telegram cannot be asked: it is kept as
unclear for a person to look at, since sending it again could be the second time.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.allowance import full_until, spend_campaign
from bot.rules.campaigns import MOST_ON_THEIR_WAY, Answer, Hindrance, answer_for
from bot.rules.promotions import Obstacle, why_not_in_force
from storage.models import Campaign, OutboxEntry
from storage.repositories.campaign_posts import Place
from storage.repositories.outbox import Priority
from storage.states import CampaignPostState, CampaignState, OutboxKind
from storage.unit_of_work import UnitOfWork

_LOOKED_AT = 100
_LOOKS = 5
_LONGEST_REASON = 200


async def move_on(uow: UnitOfWork, campaign_id: int, *, now: datetime) -> Campaign | None:
    """Hand over what may go now; returns the campaign if it is done by this."""
    campaign = await uow.campaigns.find(campaign_id, lock=True)
    if campaign is None or campaign.state is not CampaignState.RUNNING:
        return None
    counts = await uow.campaign_posts.counts(campaign_id)
    on_their_way = counts.get(CampaignPostState.SENDING, 0) + counts.get(CampaignPostState.TRYING, 0)
    if on_their_way:
        lost = await uow.campaign_posts.list_lost(campaign_id)
        await uow.campaign_posts.mark(
            campaign_id, lost, CampaignPostState.FAILED, failure=Hindrance.LOST.value
        )
        on_their_way -= len(lost)
    if counts.get(CampaignPostState.WAITING):
        await _hand_over(uow, campaign, most=MOST_ON_THEIR_WAY - on_their_way, now=now)
        return None
    if on_their_way:
        return None
    campaign.state, campaign.ended_at = CampaignState.DONE, now
    await uow.campaigns.save(campaign)
    return campaign


async def begin_posts(uow: UnitOfWork, entries: Sequence[OutboxEntry], *, now: datetime) -> list[OutboxEntry]:
    """The sender has claimed rows; returns those it may send, and takes the other posts out of the outbox."""
    by_campaign: defaultdict[int, list[OutboxEntry]] = defaultdict(list)
    for entry in entries:
        if is_post(entry):
            by_campaign[entry.subject_id or 0].append(entry)
    if not by_campaign:
        return list(entries)
    left_out: set[int | None] = set()
    for campaign_id, posts in sorted(by_campaign.items()):
        may_go = await _begin(uow, campaign_id, {_named(entry)[1] for entry in posts}, now=now)
        left_out |= {entry.id for entry in posts if _named(entry)[1] not in may_go}
    for entry_id in left_out:
        await uow.outbox.remove(entry_id or 0)
    return [entry for entry in entries if entry.id not in left_out]


async def note_sent(uow: UnitOfWork, entry: OutboxEntry, message_id: int | None, *, now: datetime) -> None:
    """A post has arrived."""
    campaign_id, group_id = _named(entry)
    await uow.campaign_posts.mark(
        campaign_id,
        [group_id],
        CampaignPostState.SENT,
        sent_at=now,
        message_id=message_id,
        failure=None,
    )


async def put_back(uow: UnitOfWork, entry: OutboxEntry, *, reason: str, perhaps_sent: bool) -> bool:
    """A post was not sent, or perhaps it was; says whether it stays in the outbox."""
    campaign_id, group_id = _named(entry)
    place = await uow.campaign_posts.find(campaign_id, group_id, lock=True)
    if place is None or place.state is not CampaignPostState.TRYING:
        return False
    campaign = await uow.campaigns.find(campaign_id)
    if perhaps_sent:
        await uow.campaign_posts.mark(
            campaign_id, [group_id], CampaignPostState.UNCLEAR, failure=reason[:_LONGEST_REASON]
        )
        return False
    if campaign is not None and campaign.state is CampaignState.RUNNING:
        await uow.campaign_posts.mark(campaign_id, [group_id], CampaignPostState.SENDING, failure=None)
        return True
    await _call_back(uow, campaign_id, campaign, [group_id])
    return False


async def note_refused(uow: UnitOfWork, entry: OutboxEntry, *, reason: str) -> None:
    """A group cannot be sent to."""
    campaign_id, group_id = _named(entry)
    await uow.campaign_posts.mark(
        campaign_id, [group_id], CampaignPostState.FAILED, failure=reason[:_LONGEST_REASON]
    )


async def send_without_photo(uow: UnitOfWork, entry: OutboxEntry, *, now: datetime) -> None:
    """A group takes no photos: the words go alone."""
    campaign_id, group_id = _named(entry)
    await uow.campaign_posts.mark(campaign_id, [group_id], CampaignPostState.SENDING)
    await uow.outbox.add(
        OutboxKind.CAMPAIGN,
        chat_id=entry.chat_id,
        subject_id=campaign_id,
        payload={"group_id": group_id, "plain": True},
        priority=Priority.BROADCAST,
        now=now,
    )


def is_post(entry: OutboxEntry) -> bool:
    """Whether a row is a campaign's post in a group, and not a preview."""
    return entry.kind is OutboxKind.CAMPAIGN and "group_id" in (entry.payload or {})


def _named(entry: OutboxEntry) -> tuple[int, int]:
    return entry.subject_id or 0, int((entry.payload or {})["group_id"])


async def _hand_over(uow: UnitOfWork, campaign: Campaign, *, most: int, now: datetime) -> None:
    room, campaign_id = most, campaign.id or 0
    announced = await _announced(uow, campaign, now=now)
    if announced is Obstacle.PAUSED:
        # It goes on when its promotion does.
        return
    for _ in range(_LOOKS):
        if room <= 0:
            return
        waiting = await uow.campaign_posts.list_waiting(campaign_id, now=now, limit=_LOOKED_AT)
        could_go, put_off = _sorted(waiting, announced, now=now)
        full = await full_until(uow, [place.group_id for place in could_go[:room]], now=now)
        going = [place for place in could_go[:room] if place.group_id not in full]
        await uow.campaign_posts.hand_over(going, priority=int(Priority.BROADCAST), now=now)
        await spend_campaign(uow, campaign_id, [place.group_id for place in going], now=now)
        await _put_off(uow, campaign_id, put_off)
        for group_id, until in full.items():
            await _put_off(uow, campaign_id, {Answer(not_before=until): [group_id]})
        room -= len(going)
        if not put_off and not full:
            return


async def _begin(uow: UnitOfWork, campaign_id: int, group_ids: Collection[int], *, now: datetime) -> set[int]:
    """Note that posts are with Telegram from now on; returns the groups for which that is right."""
    campaign, posts = await uow.campaigns.find(campaign_id), uow.campaign_posts
    places = await posts.list_named(campaign_id, group_ids)
    # Whoever had one of these before never said what became of it.
    cut_off = [place.group_id for place in places if place.state is CampaignPostState.TRYING]
    failure = Hindrance.INTERRUPTED.value
    await posts.mark(campaign_id, cut_off, CampaignPostState.UNCLEAR, failure=failure)
    ready = [place for place in places if place.state is CampaignPostState.SENDING]
    announced = await _announced(uow, campaign, now=now)
    is_running = campaign is not None and campaign.state is CampaignState.RUNNING
    if not is_running or announced is Obstacle.PAUSED:
        await _call_back(uow, campaign_id, campaign, [place.group_id for place in ready])
        return set()
    going, put_off = _sorted(ready, announced, now=now)
    may_go = {place.group_id for place in going}
    await posts.mark(campaign_id, may_go, CampaignPostState.TRYING)
    await _put_off(uow, campaign_id, put_off)
    return may_go


async def _call_back(
    uow: UnitOfWork, campaign_id: int, campaign: Campaign | None, group_ids: Collection[int]
) -> None:
    """What was on its way waits again, unless its campaign was stopped for good."""
    state, failure = CampaignPostState.WAITING, None
    if campaign is not None and campaign.state is CampaignState.STOPPED:
        state, failure = CampaignPostState.SKIPPED, Hindrance.STOPPED.value
    await uow.campaign_posts.mark(campaign_id, group_ids, state, failure=failure)


async def _announced(uow: UnitOfWork, campaign: Campaign | None, *, now: datetime) -> Obstacle | None:
    """Why what a campaign announces gives nobody anything now, if so."""
    promotion = await uow.campaigns.find_promotion(campaign.promotion_id) if campaign is not None else None
    return why_not_in_force(promotion, now=now) if promotion is not None else None


def _sorted(
    places: Sequence[Place], announced: Obstacle | None, *, now: datetime
) -> tuple[list[Place], Mapping[Answer, Sequence[int]]]:
    """Those that may get it now, and the groups that may not, by why."""
    going: list[Place] = []
    put_off: defaultdict[Answer, list[int]] = defaultdict(list)
    for place in places:
        answer = answer_for(place, now=now, announced=announced)
        if answer == Answer():
            going.append(place)
        else:
            put_off[answer].append(place.group_id)
    return going, put_off


async def _put_off(uow: UnitOfWork, campaign_id: int, answers: Mapping[Answer, Sequence[int]]) -> None:
    for answer, group_ids in answers.items():
        if answer.hindrance is not None:
            await uow.campaign_posts.mark(
                campaign_id, group_ids, CampaignPostState.SKIPPED, failure=answer.hindrance.value
            )
        elif answer.not_before is not None:
            await uow.campaign_posts.mark(
                campaign_id, group_ids, CampaignPostState.WAITING, due_at=answer.not_before
            )
