"""What messages hold besides words, as the page reads it: the same for every viewer."""

from sandbox.models.invoices import Invoice
from sandbox.models.media import StoredFile
from sandbox.models.messages import Message
from sandbox.models.polls import Poll
from sandbox.models.users import Json
from sandbox.stage.money import amount_words


def content_view(message: Message) -> Json:
    """Return photo, file, album, poll and invoice, as far as there are any."""
    view: Json = {}
    if message.photo is not None:
        photo = message.photo
        view["photo"] = {"id": photo.file_id, "width": photo.width, "height": photo.height}
    file = message.document or message.video or message.audio
    if file is not None:
        view["document"] = _file_view(file)
    if message.media_group_id is not None:
        view["album"] = message.media_group_id
    if message.poll is not None:
        view["poll"] = _poll_view(message.poll)
    if message.invoice is not None:
        view["invoice"] = _invoice_view(message.invoice)
    if message.poll is not None or message.invoice is not None:
        # Its words stand in the poll or the invoice itself.
        view["text"], view["entities"] = "", []
    return view


def _file_view(file: StoredFile) -> Json:
    return {"id": file.file_id, "name": file.name or "file", "size": len(file.content)}


def _poll_view(poll: Poll) -> Json:
    voters: list[list[int]] = [[] for _ in poll.options]
    for voter, places in poll.votes.items():
        for place in places:
            voters[place].append(voter)
    return {
        "question": poll.question,
        "options": [{"text": option.text, "by": by} for option, by in zip(poll.options, voters, strict=True)],
        "total": len(poll.votes),
        "is_closed": poll.is_closed,
        "is_anonymous": poll.is_anonymous,
        "is_quiz": poll.kind == "quiz",
        "allows_multiple": poll.allows_multiple_answers,
        "allows_revoting": poll.allows_revoting and poll.kind != "quiz",
        "hides_results": poll.hides_results,
        "correct": poll.correct if poll.kind == "quiz" else None,
        "explanation": poll.explanation,
    }


def _invoice_view(invoice: Invoice) -> Json:
    return {
        "title": invoice.title,
        "description": invoice.description,
        "price": amount_words(invoice.total_amount, invoice.currency),
        "is_test": "TEST" in invoice.provider_token,
    }
