"""Deciding one ask of a batch, without reading or writing anything."""

from collections.abc import Mapping

from bot.errors import ButtonOutdated, NotInGroup, ShopError
from bot.handover_errors import OrderInReview
from bot.money import Money
from bot.pricing_errors import KeepsOldPrice
from bot.rules.orders import Decision, decide
from bot.rules.payments import StepUnknown, order_after
from bot.services.orders.batch import Batch
from bot.services.orders.requests import OrderPlaced, OrderRequest
from storage.repositories.members import Standing
from storage.repositories.orders import NewOrder, OrderKey
from storage.repositories.picks import CountChange, LockedPick
from storage.states import OrderEventKind, OrderState, Presence


def answer(batch: Batch, request: OrderRequest) -> OrderPlaced | Exception:
    """The order as it stands after this ask, or why it is refused; what changes is noted in the batch."""
    posted = batch.picks.get(request.pick_id)
    if posted is None or posted.chat_id != request.chat_id:
        return ButtonOutdated()
    standing = batch.standings.get((posted.group_id, request.person.id))
    language = standing.language if standing else request.person.language
    # Both deliveries of one update may be in the same batch.
    is_first = request.update_id in batch.fresh and request.update_id not in batch.decided
    batch.decided.add(request.update_id)
    try:
        changed = is_first and _decide(batch, request, posted, standing)
    except ShopError as refusal:
        refusal.language = language
        return refusal
    except StepUnknown as fault:
        # What one order cannot do must not keep those beside it from being placed.
        return fault
    return _placed(batch, request, posted, language=language, changed=changed)


def _decide(batch: Batch, request: OrderRequest, posted: LockedPick, standing: Standing | None) -> bool:
    # Whoever writes in the group is in it, whatever was last heard; whoever only taps may have left.
    if standing is not None and standing.presence is Presence.LEFT and request.message_id is None:
        raise NotInGroup
    key, undo = request.key, _undo(batch, request)
    if request.ask.action == "nothing" and not any(undo.values()):
        return False
    stall = batch.stalls[request.pick_id]
    lines = batch.lines_of(key)
    elsewhere = _elsewhere(batch, request, posted, lines)
    decision = decide(request.ask, stall=stall, lines=lines, now=batch.now, undo=undo, elsewhere=elsewhere)
    if not decision.changes:
        return False
    if key in batch.kept and sum(decision.changes.values()) > 0:
        raise KeepsOldPrice(Money(amount=batch.price(posted, None), currency=posted.currency))
    state = _state_after(batch, key, decision.kind)
    stall.take(decision.changes)
    _note(batch, request, posted, decision)
    if decision.kind is not OrderEventKind.AMENDED:
        batch.states[key] = state
    if standing is None or standing.presence is not Presence.JOINED:
        batch.entering.add((posted.group_id, request.person.id))
    return True


def _state_after(batch: Batch, key: OrderKey, event: OrderEventKind) -> OrderState:
    entry = batch.entries.get(key)
    state = batch.states.get(key) or (entry.state if entry else None)
    if state is None:
        return OrderState.PLACED
    if entry is not None and state is OrderState.NEEDS_REVIEW:
        raise OrderInReview(entry.number)
    return order_after(state, event)


def _elsewhere(batch: Batch, request: OrderRequest, posted: LockedPick, lines: Mapping[int, int]) -> int:
    """How many of the same offer she has ordered in other groups."""
    held = batch.held.get((posted.offer_id, request.person.id)) if batch.held else None
    return held - sum(lines.values()) if held else 0


def _undo(batch: Batch, request: OrderRequest) -> Mapping[int, int]:
    """What an edited message has changed so far, in earlier batches and in this one."""
    if not request.is_edit or request.message_id is None:
        return {}
    entry = batch.entries.get(request.key)
    undo = dict(batch.undone.get((entry.id, request.message_id), {})) if entry else {}
    for key, earlier, decision in batch.events:
        if key == request.key and earlier.message_id == request.message_id:
            for variant_id, change in decision.changes.items():
                undo[variant_id] = undo.get(variant_id, 0) + change
    return undo


def _note(batch: Batch, request: OrderRequest, posted: LockedPick, decision: Decision) -> None:
    key = request.key
    count = batch.counts.get(request.pick_id, CountChange())
    numbers = count.numbers
    if key not in batch.entries and key not in batch.new:
        number = posted.next_order_number + numbers
        batch.new[key] = NewOrder(pick_id=request.pick_id, person_id=request.person.id, number=number)
        numbers += 1
    standing = {OrderEventKind.PLACED: 1, OrderEventKind.CANCELLED: -1}.get(decision.kind, 0)
    batch.counts[request.pick_id] = CountChange(
        orders=count.orders + standing,
        quantity=count.quantity + sum(decision.changes.values()),
        numbers=numbers,
    )
    if batch.held or posted.limit_per_person is not None:
        mine = (posted.offer_id, request.person.id)
        batch.held[mine] = batch.held.get(mine, 0) + sum(decision.changes.values())
    if standing < 0 and batch.kept.pop(key, None) is not None:
        # Whoever orders again does so at the price of then.
        batch.freed.append(batch.entries[key].id)
    if standing < 0 and key in batch.teams:
        batch.left.append((batch.teams.pop(key), request.person.id))
        batch.freed.append(batch.entries[key].id)
    batch.lines[key] = dict(decision.lines)
    batch.events.append((key, request, decision))


def _placed(
    batch: Batch, request: OrderRequest, posted: LockedPick, *, language: str, changed: bool
) -> OrderPlaced:
    key, currency = request.key, posted.currency
    lines = batch.lines_of(key)
    named = [(variant.name, lines[variant.id]) for variant in posted.variants if lines.get(variant.id)]
    quantity = sum(lines.values())
    promised = price = batch.promised(key)
    if key not in batch.teams:
        price = batch.price(posted, batch.kept.get(key))
    return OrderPlaced(
        pick_number=posted.number,
        title=posted.title,
        lines=tuple(named),
        total=Money(amount=price * quantity, currency=currency),
        language=language,
        changed=changed,
        at_most=Money(amount=promised * quantity, currency=currency)
        if quantity and promised != price
        else None,
    )
