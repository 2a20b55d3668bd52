"""Members say what they want, a curator makes a pick of it, and those who wished hear of it."""

from datetime import timedelta
from hashlib import sha256

from bot.jobs.wishes import tell_wishers
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Need, Wish
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle


async def says(friends: Circle, person: Person, words: str) -> SeenMessage:
    """Says something in private; returns what the bot answers."""
    await person.says(words, to=friends.house.account)
    await friends.house.settles()
    return last(friends, person)


async def taps(friends: Circle, person: Person, button: str) -> SeenMessage:
    """Taps a button of the bot's last message to her that has it."""
    await person.taps(button, on=last_with(friends, person, button))
    await friends.house.settles()
    return last(friends, person)


async def wished(friends: Circle) -> dict[str, tuple[int, int]]:
    """The open wishes: the words, in which need, and how many."""
    rows = await friends.house.rows(Wish)
    return {row.words: (row.need_id, row.quantity) for row in rows if row.closed_at is None}


async def test_wishes_become_a_pick(friends: Circle) -> None:
    house, mei, ann, ben, lin = friends.house, friends.mei, friends.ann, friends.ben, friends.lin
    for person in (ann, ben, lin):
        await person.starts(house.account)
    posts = len(friends.posts)
    wish = await ann.says("/want dried mango, by friday, up to 5.00, 2", in_=friends.group)
    await house.settles()
    assert house.calls("setMessageReaction"), "a reaction says that it is noted"
    question = await mei.says("Who wants dried mango? I can get 20 packs.", in_=friends.group)
    await house.settles()
    answer = await ben.says("мне две", in_=friends.group, reply_to=question)
    await lin.says("好的，我们再聊", in_=friends.group, reply_to=question)
    await lin.says("/want 🥭, 5", in_=friends.group)
    await house.settles()
    assert len(friends.posts) == posts, "nothing is said in the group"
    found = await wished(friends)
    assert {words: quantity for words, (_, quantity) in found.items()} == {"dried mango": 2, "🥭": 5}
    await ben.edits(answer, "мне три")
    await ann.edits(wish, "/want dried mango, by friday, up to 4.80, 4")
    await house.settles()
    quantities = sorted(row.quantity for row in await house.rows(Wish))
    assert quantities == [3, 4, 5]

    # What cannot be kept is answered clearly, and nothing of it is kept.
    for typed, told in (
        ("/want", "Write what you want behind it"),
        ("/want " + "x" * 4000, "too long for a wish"),
        ("/want honey, up to $5", "this group pays in EUR"),
    ):
        assert told in (await says(friends, ann, typed)).text
    assert len(await house.rows(Wish)) == 3
    noted = await says(friends, lin, "/want 芒果干，周五前，4.60以内，1包")
    assert "2" in noted.text
    assert "还有 2 人也想要。" in noted.text

    page = await says(friends, mei, "/demand")
    assert "3 people want dried mango, 8 in all, 2 people until" in page.text
    assert "median of 2 limits: €4.60" in page.text
    page = await taps(friends, mei, "3 · dried mango")
    for part in ("“dried mango” (2)", "“芒果干” (1)"):
        assert part in page.text
    await taps(friends, mei, "Make a pick of it")
    draft = last_with(friends, mei, "dried mango")
    assert "4.60" in draft.text
    await mei.taps("Post it now", on=last_with(friends, mei, "Post it now"))
    await house.settles()
    assert "3 of us asked for it." in friends.posts[-1]
    before = {person.name: len(friends.private(person)) for person in (ann, ben, lin, mei)}
    for _ in range(2):
        await tell_wishers(house.parts.shop)
        house.parts.sender.wake()
        await house.settles()
    assert "What you wished for is on offer in Honey friends" in last(friends, ann).text
    assert "появилось то, чего вам хотелось" in last(friends, ben).text
    people = (ann, ben, lin, mei)
    news = {person.name: len(friends.private(person)) - before[person.name] for person in people}
    assert news == {"Ann": 1, "Бен": 1, "小林": 1, "Mei": 0}
    assert set(await wished(friends)) == {"🥭"}, "who wants them fresh still waits"
    assert "1 person wants 🥭, 5 in all" in (await says(friends, mei, "/demand")).text


async def test_wishes_are_sorted_and_taken_back(friends: Circle) -> None:
    house, mei, ann, ben = friends.house, friends.mei, friends.ann, friends.ben
    for person in (ann, ben):
        await person.starts(house.account)
    await ann.says("/want wool socks", in_=friends.group)
    sold = await ben.says("/want honey", in_=friends.group)
    await ann.says("/want good honey", in_=friends.group)
    await house.settles()
    await says(friends, mei, "/demand")
    await taps(friends, mei, "2 · honey")
    await taps(friends, mei, "One of these is something else…")
    await taps(friends, mei, "good honey")
    assert len(await house.rows(Need)) == 3
    await says(friends, mei, "/demand")
    await taps(friends, mei, "1 · wool socks")
    await taps(friends, mei, "It is the same as…")
    page = await taps(friends, mei, "1 · good honey")
    assert "1 person wants wool socks, 2 in all" in page.text
    page = await taps(friends, mei, "Undo")
    assert "1 person wants wool socks, 1 in all" in page.text
    await taps(friends, mei, "It is the same as…")
    await taps(friends, mei, "1 · good honey")
    actions = [row.action for row in await house.rows(AuditEntry)]
    assert {"need_split", "needs_merged", "needs_parted"} <= set(actions)

    await ben.edits(sold, "I have enough of it")
    await house.settles()
    assert set(await wished(friends)) == {"wool socks", "good honey"}
    await ann.says("/wishes", in_=friends.group)
    await house.settles()
    page = last(friends, ann)
    assert "wool socks" in page.text
    await ann.taps("Take back: wool socks", on=page)
    await house.settles()
    assert set(await wished(friends)) == {"good honey"}
    assert "wool socks" not in last(friends, ann).text
    await ann.presses_data(page.rows[0][0]["callback_data"], on=page)
    assert "Вы не ведёте ни одной из моих групп" in (await says(friends, ben, "/demand")).text

    other = house.tg.group("Tea friends", owner=mei, members=[ann])
    await mei.adds_bot(house.account, other, admin=True)
    await ann.says("/want black tea", in_=other)
    await house.settles()
    assert "For which group is that? green tea, 2" in (await says(friends, ann, "/want green tea, 2")).text
    assert "Noted, for Tea friends: 2 × green tea" in (await taps(friends, ann, "Tea friends")).text
    assert "2 × green tea" in (await says(friends, ann, "/wishes")).text

    # What is edited in private is the same wish; a limit says of which groups it can be.
    await mei.says("/settings currency USD", in_=other)
    await house.settles()
    wish = await ann.says("/want honey, up to $7", to=house.account)
    await house.settles()
    assert "Noted, for Tea friends: 1 × honey, up to $7.00" in last(friends, ann).text
    await ann.edits(wish, "/want acacia honey, up to $8")
    await house.settles()
    assert "Changed, for Tea friends: 1 × acacia honey, up to $8.00" in last(friends, ann).text
    assert "honey" not in await wished(friends)
    await ann.edits(wish, "Never mind")
    await house.settles()
    assert "acacia honey" not in await wished(friends)
    assert "group pays in" in (await says(friends, ann, "/want honey, up to £7")).text


async def test_a_plain_pick_may_be_what_was_wished_for(friends: Circle) -> None:
    house, mei, ann, ben = friends.house, friends.mei, friends.ann, friends.ben
    for person in (mei, ann, ben):
        await person.starts(house.account)
    for person, words in ((ann, "/want wool socks"), (ben, "/want шерстяные носки, 2"), (ben, "/want honey")):
        await person.says(words, in_=friends.group)
        await house.settles()
    await friends.offers("4.90 Green tea | till tomorrow")
    assert "wished for" not in last(friends, mei).text, "what nobody wished for asks nothing"
    await friends.offers("9.00 Wool socks | till tomorrow")
    asked = last(friends, mei)
    assert "Is #2 Wool socks in Honey friends what members wished for?" in asked.text
    assert "2 people want wool socks, 3 in all" in asked.text
    assert await tell_wishers(house.parts.shop) == 0, "nobody hears of it before she says so"
    page = await taps(friends, mei, "Yes, tell those who wished")
    assert "#2 Wool socks is what was wished for: “wool socks”." in page.text
    assert page.buttons == [["Take that back"]]
    assert await tell_wishers(house.parts.shop) == 0, "for a minute nobody hears of it"
    page = await taps(friends, mei, "Take that back")
    assert ["It is on offer already…"] in page.buttons
    await taps(friends, mei, "It is on offer already…")
    await taps(friends, mei, "#2 Wool socks")
    await house.passes(timedelta(minutes=1))
    assert await tell_wishers(house.parts.shop) == 2
    house.parts.sender.wake()
    await house.settles()
    assert "#2 Wool socks · €9.00" in last(friends, ann).text
    page = last(friends, mei)
    assert page.text == "Those who wished for #2 Wool socks are told of it, each once."
    assert page.buttons == [["‹ Back"]]
    assert set(await wished(friends)) == {"honey"}

    assert "already" not in (await says(friends, ann, "/want green apples")).text
    assert "Something like it is on offer already" in (await says(friends, ann, "/want wool sox")).text
    assert last(friends, ann).buttons[0] == ["#2 Wool socks"]
    await taps(friends, ann, "Take my wish back")

    # A draft that was made of a wish and became something else is asked about, too.
    await says(friends, mei, "/demand")
    await taps(friends, mei, "1 · honey")
    await taps(friends, mei, "Make a pick of it")
    for step, typed in (("Title", "Bee-wax candles"), ("Price", "4.90")):
        await taps(friends, mei, step)
        await says(friends, mei, typed)
    await taps(friends, mei, "Post it now")
    asked = last_with(friends, mei, "Yes, tell those who wished")
    assert "Is #3 Bee-wax candles in Honey friends what members wished for?" in asked.text
    assert "1 person wants honey" in asked.text
    await house.passes(timedelta(minutes=1))
    assert await tell_wishers(house.parts.shop) == 0

    # What was asked and not answered, or posted before it was wished for, can be named from /demand.
    await says(friends, mei, "/demand")
    await taps(friends, mei, "1 · honey")
    await taps(friends, mei, "It is on offer already…")
    await taps(friends, mei, "#1 Green tea")
    await house.passes(timedelta(minutes=1))
    assert await tell_wishers(house.parts.shop) == 1


async def test_who_floods_the_group_with_wishes_is_told_once(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    for number in range(24):
        await ann.says(f"/want {sha256(bytes([number])).hexdigest()[:16]}", in_=friends.group)
    await house.settles()
    assert len(await wished(friends)) == 20
    await house.passes(timedelta(minutes=1))
    house.parts.sender.wake()
    await house.settles()
    assert [post for post in friends.posts if "You have wished for a lot" in post] == [
        "Ann: You have wished for a lot in a short time. Go on in 60 minutes; what you wished is kept."
    ]
