"""Draws what is said of imports: their one screen, all their faults as a file, and the template."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.rules.imports import read_import
from bot.telegram.parcels import File
from bot.views.import_template import template
from bot.views.imports import import_screen
from storage.states import OutboxKind


async def _import(due: Due) -> Call | None:
    draft = await due.uow.imports.find(due.subject_id)
    if draft is None:
        return None
    person = await due.uow.members.get(draft.person_id)
    group = await due.uow.groups.find(draft.group_id) if draft.group_id is not None else None
    screen = import_screen(
        Translator(person.language),
        due.subject_id,
        read_import(draft.content),
        group=group,
        groups=await due.uow.imports.list_configured(draft.person_id) if group is None else (),
    )
    return message_call(screen.payload(edit=draft.message_id))


async def _faults(due: Due) -> Call:
    # The mark at the beginning tells spreadsheet programs that it is UTF-8.
    content = due.payload["csv"].encode("utf-8-sig")
    return "sendDocument", {"document": File(name=due.payload["name"], content=content)}


async def _template(due: Due) -> Call:
    t = Translator(due.payload["language"])
    name, content = template(t, currency=due.payload["currency"])
    return "sendDocument", {"document": File(name=name, content=content)}


IMPORT_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.IMPORT: _import,
    OutboxKind.IMPORT_FAULTS: _faults,
    OutboxKind.IMPORT_TEMPLATE: _template,
}
