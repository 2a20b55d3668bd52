"""Messages: who wrote them where, what they hold, and what goes together."""

from collections.abc import Iterator

from sandbox.conformance.problems import Problem, rule, under
from sandbox.conformance.rules.chats import ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM, id_fits
from sandbox.conformance.rules.keyboards import as_sent, pays
from sandbox.conformance.rules.texts import CAPTION_LIMIT, TEXT_LIMIT, entities_fit, within, within_units
from sandbox.models.users import Json

# What is about a message, and not what it says.
_ABOUT_WORDS = """
    message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count
    sender_business_bot sender_tag date guest_query_id business_connection_id chat forward_origin
    is_topic_message is_automatic_forward reply_to_message external_reply quote reply_to_story
    reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user guest_bot_caller_chat
    edit_date has_protected_content is_from_offline is_paid_post media_group_id author_signature
    paid_star_count entities link_preview_options suggested_post_info effect_id caption caption_entities
    show_caption_above_media has_media_spoiler reply_markup
"""
_ABOUT = frozenset(_ABOUT_WORDS.split())
# Told together with what older bots knew it as.
_TOGETHER = ({"animation", "document"}, {"venue", "location"}, {"live_photo", "photo"})
_CAPTIONED = ("animation", "audio", "document", "live_photo", "paid_media", "photo", "video", "voice")
_IN_ALBUMS = ("audio", "document", "live_photo", "photo", "video")
_STAND_INS = {
    ANONYMOUS_ADMIN: "the anonymous administrator",
    CHANNEL_BOT: "the channels",
    TELEGRAM: "Telegram",
}


@rule("Message")
def message_says_one_thing(message: Json) -> Iterator[Problem]:
    """A message has exactly one content: a text, a photo, a service message …"""
    contents = message.keys() - _ABOUT
    if len(contents) != 1 and contents not in _TOGETHER:
        yield Problem(
            "", f"a message has exactly one content, this has {', '.join(sorted(contents)) or 'none'}"
        )
    if message["message_id"] < 1:
        yield Problem("message_id", f"{message['message_id']} is no id of a message")
    if message.get("edit_date", message["date"]) < message["date"]:
        yield Problem("edit_date", "is before the date of the message")


@rule("Message")
def words_fit(message: Json) -> Iterator[Problem]:
    """Texts to 4,096 and captions to 1,024, with their own entities inside."""
    # Telegram counts characters; of bots the sandbox asks for the narrower count, which is always safe.
    fits = within_units if message.get("from", {}).get("is_bot") else within
    if "text" in message:
        yield from fits("text", message["text"], TEXT_LIMIT, least=1)
    if "caption" in message:
        yield from fits("caption", message["caption"], CAPTION_LIMIT, least=1)
        if not any(kind in message for kind in _CAPTIONED):
            yield Problem("caption", "only photos, files and the like have a caption")
    for words, field in (("text", "entities"), ("caption", "caption_entities")):
        if field in message:
            yield from entities_fit(field, message[field], message.get(words, ""))


@rule("Message")
def author_fits_the_chat(message: Json) -> Iterator[Problem]:
    """Channels write as themselves; elsewhere a chat that writes has the account that stands in for it."""
    chat, sender, written_by = message["chat"], message.get("from"), message.get("sender_chat")
    kind = chat["type"]
    if kind == "channel":
        if written_by is None or written_by["id"] != chat["id"]:
            yield Problem("sender_chat", "a channel's post is sent by the channel itself")
        if sender is not None:
            yield Problem("from", "a channel's post has no author")
        return
    if sender is None:
        yield Problem("from", f"a message in a {kind} chat needs this field")
        return
    if kind == "private":
        if written_by is not None:
            yield Problem("sender_chat", "nobody writes as a chat in private")
        if not sender["is_bot"] and sender["id"] not in (chat["id"], TELEGRAM):
            yield Problem("from.id", f"{sender['id']} writes in the private chat of {chat['id']}")
        return
    yield from _stand_in(message, sender["id"], written_by)


def _stand_in(message: Json, sender_id: int, written_by: Json | None) -> Iterator[Problem]:
    """Find a sender that is not the account that Telegram puts there for this author."""
    if message.get("is_automatic_forward"):
        expected = TELEGRAM
        if written_by is None or written_by["type"] != "channel":
            yield Problem("sender_chat", "an automatic forward is sent by the linked channel")
        if message.get("forward_origin", {}).get("type") != "channel":
            yield Problem("forward_origin", "an automatic forward comes from a channel")
    elif written_by is None:
        if sender_id in _STAND_INS:
            yield Problem("sender_chat", f"{_STAND_INS[sender_id]} writes for a chat, which is missing")
        return
    elif written_by["id"] == message["chat"]["id"]:
        expected = ANONYMOUS_ADMIN
    else:
        expected = CHANNEL_BOT
    if sender_id != expected:
        yield Problem(
            "from.id", f"{sender_id}, but for such an author it is {expected}, {_STAND_INS[expected]}"
        )


@rule("Message")
def quotes_stay_in_the_chat(message: Json) -> Iterator[Problem]:
    """What is answered or pinned is of the same chat, is earlier and quotes nothing itself."""
    for field in ("reply_to_message", "pinned_message"):
        quoted = message.get(field)
        if quoted is None:
            continue
        if quoted["chat"]["id"] != message["chat"]["id"]:
            yield Problem(f"{field}.chat.id", f"{quoted['chat']['id']} is another chat")
        if quoted["message_id"] >= message["message_id"]:
            yield Problem(f"{field}.message_id", f"{quoted['message_id']} is no earlier message")
        for nested in ("reply_to_message", "pinned_message"):
            if nested in quoted:
                yield Problem(f"{field}.{nested}", "a message that is quoted comes without its own quotation")
    if "quote" in message and "reply_to_message" not in message and "external_reply" not in message:
        yield Problem("quote", "is of a message that is answered, and none is")


@rule("Message")
def threads_are_marked(message: Json) -> Iterator[Problem]:
    """A topic's message names its thread, in a chat that has topics."""
    is_forum, thread = message["chat"].get("is_forum", False), message.get("message_thread_id")
    if thread is not None and not 1 <= thread <= message["message_id"]:
        yield Problem("message_thread_id", f"{thread} is no thread that can have begun before this message")
    if message.get("is_topic_message"):
        if thread is None:
            yield Problem("message_thread_id", "a message of a topic needs this field")
        if not is_forum:
            yield Problem("is_topic_message", "the chat has no topics")
    elif is_forum and thread is not None:
        yield Problem("is_topic_message", "a thread of a chat with topics is a topic")


@rule("Message")
def parts_belong_together(message: Json) -> Iterator[Problem]:
    """Albums are of files, keyboards are not empty, Pay is under an invoice, migrations know both ids."""
    kind = message["chat"]["type"]
    if "media_group_id" in message and not any(part in message for part in _IN_ALBUMS):
        yield Problem("media_group_id", "only photos and files come as an album")
    if "reply_markup" in message:
        yield from under("reply_markup", as_sent(message["reply_markup"]))
        if pays(message["reply_markup"]) and "invoice" not in message:
            yield Problem("reply_markup.inline_keyboard[0][0].pay", "only an invoice is paid")
    if "migrate_to_chat_id" in message and (
        kind != "group" or not id_fits("supergroup", message["migrate_to_chat_id"])
    ):
        yield Problem("migrate_to_chat_id", "a basic group becomes a supergroup")
    if "migrate_from_chat_id" in message and (
        kind != "supergroup" or not id_fits("group", message["migrate_from_chat_id"])
    ):
        yield Problem("migrate_from_chat_id", "a supergroup comes from a basic group")
    for field in ("new_chat_members", "photo"):
        if message.get(field) == []:
            yield Problem(field, "is empty")
    if "via_bot" in message and not message["via_bot"]["is_bot"]:
        yield Problem("via_bot.is_bot", "is no bot")


@rule("PhotoSize")
def photo_has_a_size(photo: Json) -> Iterator[Problem]:
    """Width and height in pixels, and both of the file's ids."""
    for field in ("width", "height"):
        if photo[field] < 1:
            yield Problem(field, f"{photo[field]} pixels")
    yield from _file_ids(photo)


@rule("Document", "File")
def file_is_identified(file: Json) -> Iterator[Problem]:
    """Two ids, and a path that can follow /file/bot<token>/."""
    yield from _file_ids(file)
    if file.get("file_path", "a").startswith("/"):
        yield Problem("file_path", "is relative to /file/bot<token>/")


def _file_ids(file: Json) -> Iterator[Problem]:
    for field in ("file_id", "file_unique_id"):
        if not file[field]:
            yield Problem(field, "is empty")
    if file["file_id"] == file["file_unique_id"]:
        yield Problem("file_unique_id", "is another id than the one to send the file by")
