"""Works rankings out anew, in a child process; until a new one is there, each person's last one serves."""

from contextlib import aclosing
from typing import Any, Final

import structlog

from bot.recommending.refitting import NotRanked, ranked
from bot.rules.recommendations import is_due, rests_for
from bot.shop import Shop

log = structlog.get_logger(__name__)

EVERY_SECONDS: Final = 60


async def rank_anew(shop: Shop) -> int | None:
    """Rank for everybody, if it is time; returns for how many, None if it was not time or broke off."""
    now = shop.now()
    async with shop.reading() as uow:
        run = await uow.recommendation_facts.find_run()
        rests = rests_for(run.seconds)
        if run.begun_at is not None and now - run.begun_at < rests:
            return None
        if not await uow.recommendation_facts.on_offer():
            return None
        mark = await uow.recommendation_facts.mark()
    if not is_due(mark=mark, was=run.mark, fitted_at=run.fitted_at, asked_at=run.asked_at, now=now):
        return None
    async with shop.writing() as uow:
        if not await uow.recommendation_facts.begin(rests=rests, now=now):
            return None
    people = 0
    popular: list[int] | None = None
    url = shop.database.read.url.render_as_string(hide_password=False)
    try:
        async with aclosing(ranked(url)) as portions:
            async for lines in portions:
                rest: list[Any] = list(lines)
                if popular is None:
                    popular = rest.pop(0)
                people += len(rest)
                # A portion at a time: people who write shall not wait for it.
                async with shop.writing() as uow:
                    await uow.recommendation_facts.keep(rest, now=now)
    except NotRanked as reason:
        log.warning("not_ranked", reason=str(reason))
        return None
    async with shop.writing() as uow:
        finish = uow.recommendation_facts.finish
        await finish(popular or [], mark=mark, begun_at=now, now=shop.now())
    log.info("ranked", people=people)
    return people
