"""Sending files and albums, passing messages on, and changing pictures."""

from collections.abc import Mapping
from mimetypes import guess_type

from sandbox.bots import Bot
from sandbox.entities import find_entities
from sandbox.forwarding import can_be_forwarded, content_of, grouped, origin_of, shown_of
from sandbox.groups import Group
from sandbox.models.chats import Topic
from sandbox.models.media import FileKind, StoredFile, plain_picture
from sandbox.posting import edited
from sandbox.sights import SeenMessage
from sandbox.talking import Talker

_SMALLEST_ALBUM, _LARGEST_ALBUM = 2, 10


class Sharer(Talker):
    """Somebody who shares files and what others wrote."""

    async def sends_document(
        self,
        content: bytes,
        *,
        name: str,
        caption: str = "",
        in_: Group | None = None,
        to: Bot | None = None,
        reply_to: SeenMessage | None = None,
        topic: Topic | None = None,
    ) -> SeenMessage:
        """Send a file; its name tells what it is."""
        chat = self._place(in_, to, reply_to)
        document = self._stores(content, name, "document")
        entities = find_entities(caption)
        return self._writes(chat, reply_to, topic, document=document, caption=caption, entities=entities)

    async def sends_album(
        self,
        *pictures: bytes,
        documents: Mapping[str, bytes] | None = None,
        caption: str = "",
        in_: Group | None = None,
        to: Bot | None = None,
        reply_to: SeenMessage | None = None,
        topic: Topic | None = None,
    ) -> list[SeenMessage]:
        """Send 2-10 pictures, or documents by their names, together; the first bears the caption."""
        assert not (pictures and documents), "a client mixes no documents with pictures"
        kind: FileKind = "document" if documents else "photo"
        files = [self._stores(content, name, "document") for name, content in (documents or {}).items()]
        files += [self._stores(picture, "photo.png", "photo") for picture in pictures]
        assert _SMALLEST_ALBUM <= len(files) <= _LARGEST_ALBUM, "an album has 2-10 parts"
        chat = self._place(in_, to, reply_to)
        group = str(self.world.number())
        sent = []
        for number, file in enumerate(files):
            words = "" if number else caption
            content = {kind: file, "caption": words, "entities": find_entities(words)}
            sent.append(self._writes(chat, reply_to, topic, media_group_id=group, **content))
        return sent

    async def forwards(
        self,
        *messages: SeenMessage,
        in_: Group | None = None,
        to: Bot | None = None,
        topic: Topic | None = None,
    ) -> list[SeenMessage]:
        """Pass messages on; albums stay together."""
        for seen in messages:
            assert can_be_forwarded(seen.message), f"a client does not forward {seen!r}"
        chat = self._place(in_, to, None)
        forwarded = []
        for source, group in grouped(self.world, [seen.message for seen in messages]):
            content = content_of(source) | {"forward_origin": origin_of(source), "media_group_id": group}
            forwarded.append(self._writes(chat, None, topic, extra=shown_of(source), **content))
        return forwarded

    async def changes_photo(
        self, message: SeenMessage, image: bytes | None = None, *, caption: str | None = None
    ) -> SeenMessage:
        """Put another picture into a message of her own, a plain one if none is given."""
        edit = message.message
        assert edit.sender is self.user, f"{message!r} is not {self!r}'s"
        assert edit.photo is not None, f"{message!r} has no picture"
        edit.photo = self._stores(image or plain_picture(60, 170, 90), "photo.png", "photo")
        if caption is not None:
            edit.caption, edit.entities = caption, find_entities(caption)
        edited(self.world, edit)
        return message

    async def hides_in_forwards(self, hides: bool = True) -> None:
        """Let forwards of what she writes carry her name alone, as one sets under Privacy."""
        self.user.hides_in_forwards = hides

    def _stores(self, content: bytes, name: str, kind: FileKind) -> StoredFile:
        mime_type = guess_type(name)[0] or "application/octet-stream"
        return self.world.add_file(content, name=name, mime_type=mime_type, kind=kind)
