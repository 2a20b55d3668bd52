"""A member recommends something; the curators accept it, edit it, or decline kindly."""

from bot.i18n import Translator
from bot.jobs.proposals import tell_posted
from bot.member_errors import ProposalDecided, TooManyProposals
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Pick, Proposal
from storage.states import ProposalState
from tests.scenarios.house import Circle
from tests.scenarios.wizard import Desk, desk_of, texts


def told(friends: Circle, person: Person) -> list[SeenMessage]:
    return friends.house.posts_in(person.private(friends.house.account))


async def opens_her_chat(friends: Circle, person: Person) -> None:
    """The bot has met her in the group, and she has started it."""
    await person.says("/recommend", in_=friends.group)
    await friends.house.settles()
    await person.starts(friends.house.account)
    await friends.house.settles()


async def says(friends: Circle, person: Person, text: str) -> None:
    await person.says(text, to=friends.house.account)
    await friends.house.settles()


async def taps(friends: Circle, person: Person, *words: str) -> None:
    """One button after the other, each on the newest message that has it."""
    for word in words:
        message = next(m for m in reversed(told(friends, person)) if any(word in t for t in texts(m)))
        await person.taps(word, on=message)
        await friends.house.settles()


async def recommends(friends: Circle, person: Person, title: str = "Olive oil") -> None:
    """She recommends something without a photo."""
    await says(friends, person, "/recommend")
    await taps(friends, person, "Skip")
    await says(friends, person, title)
    await says(friends, person, "From my uncle's trees")
    await taps(friends, person, "Yes, I have", "Send it")


async def test_a_proposal_becomes_a_pick_with_the_members_name(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await opens_her_chat(friends, ann)
    await says(friends, ann, "/recommend")
    await ann.sends_photo(to=house.account)
    await house.settles()
    await says(friends, ann, "Olive oil")
    await says(friends, ann, "From my uncle's trees")
    await taps(friends, ann, "Yes, I have")
    look = told(friends, ann)[-1]
    for part in ("Olive oil", "From my uncle's trees", "With your photo", "You have bought it"):
        assert part in look.text
    await taps(friends, ann, "Send it")
    assert "The curators of Honey friends have it now" in look.text
    card = told(friends, friends.mei)[-1]
    assert card.photo is not None
    for part in ("Ann recommends", "Olive oil", "From my uncle's trees", "Has bought it before"):
        assert part in card.text

    await taps(friends, friends.mei, "Accept")
    assert "it is a draft now" in card.text
    assert card.buttons == []
    desk: Desk = desk_of(friends)
    await desk.writes("9.90")
    await desk.taps("Post it now")
    posted = house.posts_in(friends.group)[-1]
    assert "#1 Olive oil" in posted.text
    assert "Vouched for by Ann: “From my uncle's trees”" in posted.text
    assert posted.photo is not None
    [pick] = await house.rows(Pick)
    assert pick.vouched_by_id == ann.id

    assert await tell_posted(house.parts.shop) == 1
    assert await tell_posted(house.parts.shop) == 0
    await house.settles()
    assert "is pick #1 in Honey friends" in told(friends, ann)[-1].text
    [proposal] = await house.rows(Proposal)
    assert (proposal.state, proposal.pick_id) == (ProposalState.ACCEPTED, pick.id)
    assert "proposal_accepted" in {entry.action for entry in await house.rows(AuditEntry)}


async def test_declining_is_kind_and_names_nobody(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await opens_her_chat(friends, ann)
    await recommends(friends, ann)
    await taps(friends, friends.mei, "Decline kindly", "Add a word of why")
    await says(friends, friends.mei, "We had oil last week, try again in spring!")

    heard = told(friends, ann)[-1].text
    assert "Thank you for recommending “Olive oil”" in heard
    assert "try again in spring" in heard
    assert "Mei" not in heard

    await recommends(friends, ann, "Figs")
    await taps(friends, friends.mei, "Decline kindly", "Decline without")
    heard = told(friends, ann)[-1].text
    assert "Figs" in heard
    assert "A word on it" not in heard
    await says(friends, ann, "/recommend")
    assert "Figs: not this time" in "\n".join(friends.private(ann))
    states = {proposal.state for proposal in await house.rows(Proposal)}
    assert states == {ProposalState.DECLINED}


async def test_two_curators_decide_once(friends: Circle) -> None:
    house, vera = friends.house, friends.house.tg.person("Vera")
    await friends.mei.adds(vera, to=friends.group)
    await friends.mei.promotes(vera, friends.group)
    await vera.starts(house.account)
    await opens_her_chat(friends, friends.ann)
    await house.settles()
    await recommends(friends, friends.ann)
    hers, veras = told(friends, friends.mei)[-1], told(friends, vera)[-1]

    await friends.mei.taps("Decline kindly", on=hers)
    await house.settles()
    await vera.taps("Accept", on=veras)
    await house.settles()
    late = await (await friends.mei.taps("Decline without", on=hers)).answered()

    assert late.alert
    assert late.text == refusal(Translator("en"), ProposalDecided())
    await house.settles()
    assert "it is a draft now" in hers.text
    assert "not let that keep you" not in "\n".join(friends.private(friends.ann))
    [proposal] = await house.rows(Proposal)
    assert proposal.decided_by_id == vera.id


async def test_every_step_can_be_skipped_gone_back_to_and_survives_a_restart(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await opens_her_chat(friends, ann)
    await says(friends, ann, "/recommend")
    await says(friends, ann, "what shall I send?")
    assert "Please send a photo" in told(friends, ann)[-1].text
    await ann.sends_document(b"not a photo", name="oil.pdf", to=house.account)
    await house.settles()
    assert "Please send a photo" in told(friends, ann)[-1].text
    await taps(friends, ann, "Skip", "Skip", "Skip", "Skip")
    look = next(message for message in reversed(told(friends, ann)) if message.buttons)
    assert "What it is: still missing" in look.text
    assert "Send it" not in texts(look)

    await house.stops()
    await house.starts()
    await taps(friends, ann, "Back", "Back", "Back")
    await says(friends, ann, "x" * 101)
    assert "too long" in told(friends, ann)[-1].text
    await says(friends, ann, "Olive oil")
    await taps(friends, ann, "Skip", "Not yet")
    assert "You have not bought it so far" in told(friends, ann)[-1].text
    await taps(friends, ann, "Stop")
    assert await house.rows(Proposal) == []
    await says(friends, ann, "just talking")
    assert "did not understand" in told(friends, ann)[-1].text


async def test_an_album_gives_one_photo(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    photo = await ann.sends_photo(in_=friends.group)
    assert photo.photo is not None
    await opens_her_chat(friends, ann)
    await says(friends, ann, "/recommend")
    await ann.sends_album(photo.photo, photo.photo, photo.photo, to=house.account)
    await house.settles()
    assert [m.text for m in told(friends, ann)[-1:]] == ["What is it? A few words, like on a label."]


async def test_three_at_a_time_are_enough(friends: Circle) -> None:
    await opens_her_chat(friends, friends.ann)
    for title in ("Oil", "Figs", "Salt"):
        await recommends(friends, friends.ann, title)

    await says(friends, friends.ann, "/recommend")

    assert told(friends, friends.ann)[-1].text == refusal(Translator("en"), TooManyProposals(3))


async def test_a_shut_chat_is_opened_from_the_group_and_of_several_one_is_chosen(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await ann.says("/recommend", in_=friends.group)
    await house.settles()
    door = house.posts_in(friends.group)[-1]
    await ann.taps("Open the private chat", on=door)
    await house.settles()
    assert "the curators of Honey friends will look at it" in told(friends, ann)[-1].text
    await taps(friends, ann, "Stop")

    other = house.tg.group("Bread friends", owner=friends.mei, members=[ann])
    await friends.mei.adds_bot(house.account, other, admin=True)
    await ann.says("/recommend", in_=other)
    await house.settles()
    assert "the curators of Bread friends will look at it" in told(friends, ann)[-1].text
    await taps(friends, ann, "Stop")

    await says(friends, ann, "/recommend")
    step = told(friends, ann)[-1]
    assert "Which group" in step.text
    await says(friends, ann, "the first one")
    assert "tap one of the buttons" in told(friends, ann)[-1].text
    await taps(friends, ann, "Bread friends")
    assert "the curators of Bread friends" in step.text
    await taps(friends, ann, "Back")
    assert "Which group" in step.text


async def test_whom_the_bot_has_not_met_is_sent_to_her_group(friends: Circle) -> None:
    await friends.ann.starts(friends.house.account)
    await says(friends, friends.ann, "/recommend")
    assert "Write /recommend in yours" in told(friends, friends.ann)[-1].text


async def test_a_member_cannot_decide(friends: Circle) -> None:
    house = friends.house
    await opens_her_chat(friends, friends.ann)
    await friends.ben.starts(house.account)
    await recommends(friends, friends.ann)
    message = told(friends, friends.ben)[-1]
    assert (await (await friends.ben.presses_data("pv:1:accept", on=message)).answered()).alert
    assert (await (await friends.ben.presses_data("rp:1:recommend_look:send", on=message)).answered()).alert
    [proposal] = await house.rows(Proposal)
    assert proposal.state is ProposalState.PENDING


async def test_where_no_curator_reads_private_messages_the_group_gets_one_line(friends: Circle) -> None:
    house = friends.house
    await friends.mei.blocks(house.account)
    await house.settles()
    await opens_her_chat(friends, friends.ann)
    await recommends(friends, friends.ann)

    line = house.posts_in(friends.group)[-1]
    assert "Ann recommends something" in line.text
    await friends.mei.unblocks(house.account)
    await friends.mei.taps("Look in private", on=line)
    await house.settles()
    assert "Olive oil" in told(friends, friends.mei)[-1].text
