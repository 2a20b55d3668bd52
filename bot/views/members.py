"""Greetings, help, languages, and pointing people to the private chat."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.callbacks.members import LanguageButton
from bot.i18n import LANGUAGES, Translator
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs

AddLink = str
"""The link that adds the bot to a group."""


def greeting(t: Translator, *, name: str, add_link: AddLink) -> Screen:
    """To somebody who opens the private chat."""
    return Screen(
        text=paragraphs(
            t.html("Hello {name}! I keep the orders for groups that buy together.", name=name),
            t.html(
                "In your group, tap a button on a pick's card or reply to it with +1. "
                "Here in private you find your orders (/my), your invite link (/invite) "
                "and your chain (/chain)."
            ),
            t.html("Do you lead a group? Add me to it, and make me an administrator."),
        ),
        buttons=[[Button(text=t("Add me to a group"), url=add_link)]],
    )


def help_in_private(t: Translator, *, is_admin: bool = False) -> Screen:
    """What can be done in private, in parts: what most people want comes first."""
    return Screen(
        text=paragraphs(
            t.html("<b>What I can do for you here</b>"),
            lines(
                t.html("/my – your orders, with a receipt of each"),
                t.html("/foryou – what you may like of all that is on offer, and why"),
                t.html("/want honey – what you wish for; /wishes – all of it"),
                t.html("/pay – what you have to pay, and how"),
                t.html("/balance – what you owe, get back and have as credit"),
                t.html("/coupon – enter a code, or see those that you have"),
                t.html("/cases – what was wrong with your orders, and what came of it"),
                t.html("/reviews – say how your goods were"),
            ),
            lines(
                t.html("/recommend – something good that you vouch for"),
                t.html("/invite – your own invite link to a group"),
                t.html("/shares – how far the picks went that you shared"),
                t.html("/chain – who brought you, and whom you brought"),
                t.html("/earnings – what you earn by recommending, and being paid"),
            ),
            lines(
                t.html("/trust – how many offers your group bears, what is left, and why"),
                t.html("/notices – what I tell you in private, and of which new picks"),
                t.html("/privacy – what I keep about you; /mydata sends it, /forgetme deletes it"),
                t.html("/language – the language I speak with you"),
            ),
            _help_for_curators(t),
            _help_for_owners(t),
            t.html("/admin – what there is to look after, for those who run me") if is_admin else None,
            t.html("You order in your group: tap a button on a card, or reply to it with +1."),
        )
    )


def _help_for_curators(t: Translator) -> Markup:
    return lines(
        t.html("<b>For curators</b>"),
        t.html("/new – make a pick step by step"),
        t.html("/demand – what your group wishes for"),
        t.html("/next – what to post next, and how many orders to expect"),
        t.html("/market – what other groups let you sell"),
        t.html("/drafts – your half-made picks"),
        t.html("/copy 12 – make a new pick out of an old one"),
        t.html("/offers – your group's catalogue; /offers honey searches it"),
        t.html("/import – take a price list into the catalogue"),
        t.html("/manage – your picks: edit, extend, close, withdraw, post again"),
        t.html("/board – the list of a pick's orders"),
        t.html("/handover – whose goods are still to be fetched; for helpers, too"),
        t.html("/stop 3 – stop something bad in all groups, and put it on sale again"),
        t.html("/payments – what members say they have paid, and who owes"),
        t.html("/refunds – money that you still have to give back"),
        t.html("/refund – give money back for an order"),
        t.html("/credit – give a member store credit"),
        t.html("/review – what about money does not fit"),
        t.html("/settings – your groups' currency, ways to pay, time zone and language"),
    )


def _help_for_owners(t: Translator) -> Markup:
    return lines(
        t.html("<b>For owners</b>"),
        t.html("/stats – how your group does, as numbers, picture and file"),
        t.html("/accounts – what your group sold, received and owes"),
        t.html("/promotions – lower prices for a while, codes, bring a friend"),
        t.html("/payouts – who asks to be paid what they earned"),
        t.html("/partners – what you and other groups owe each other for goods"),
        t.html("/flags – what looks odd about rewards"),
        t.html("/curators – who leads your group and who helps"),
        t.html("/audit – what was done in your group, and by whom"),
    )


def help_in_group(t: Translator, *, is_curator: bool) -> Screen:
    """What can be done in a group, short."""
    for_all = lines(
        t.html("/picks – what is on offer now"),
        t.html("/order 1 2 – order two of pick #1; or tap its card, or reply to it with +2"),
        t.html("/cancel 1 – cancel your order on pick #1"),
        t.html("/my – your orders, in private"),
        t.html("/want honey, by friday, up to 5.00, 2 – what you wish for"),
        t.html("/recommend – something good that you vouch for, in private"),
        t.html("/invite – your own invite link, in private"),
        t.html("/chain – who brought you, and whom you brought, in private"),
        t.html("/trust – how many offers this group bears, and what is left"),
    )
    for_curators = lines(
        t.html("/pick – post a pick"),
        t.html("/demand – what this group wishes for, in private"),
        t.html("/next – what to post next, in private"),
        t.html("/board 1 – who ordered what, in private"),
        t.html("/extend 1 in 2h – another deadline"),
        t.html("/close 1 – close a pick now"),
        t.html("/edit 1 stock 30 – change a pick: title, words, price, tiers, stock, till, or its photo"),
        t.html("/withdraw 1 and the reason – cancel a pick and all its orders"),
        t.html("/repost 1 till fri 18:00 – post a pick again"),
        t.html("/stop 1 and what is wrong – stop something bad, in all groups"),
        t.html("/manage – all of that by taps, in private"),
        t.html("/new – make a pick step by step, in private"),
        t.html("/settings – currency, time zone and language"),
    )
    return Screen(text=paragraphs(for_all, for_curators if is_curator else None))


def choose_language(t: Translator) -> Screen:
    """Which language the bot shall speak with somebody."""
    buttons = [Button(text=name, data=LanguageButton(code)) for code, name in LANGUAGES.items()]
    return Screen(text=t.html("Which language shall I speak with you?"), buttons=in_rows(buttons, width=2))


def language_chosen(t: Translator) -> str:
    """The language was changed."""
    return t("I speak English with you now.")


def look_in_private(t: Translator, *, name: str | None, link: str) -> Screen:
    """In the group, to somebody who has not opened the private chat; without a name to who has no face."""
    return Screen(
        text=t.html("{name}, I will tell you that in private.", name=name)
        if name
        else t.html("I will tell you that in private."),
        buttons=[[Button(text=t("Open the private chat"), url=link)]],
    )


def command_words(t: Translator) -> Mapping[str, str]:
    """What each command does, as shown in the menu."""
    return {
        "picks": t("What is on offer now"),
        "order": t("Order: pick number, quantity, kind"),
        "cancel": t("Cancel your order: pick number"),
        "my": t("Your orders"),
        "want": t("Wish for something: goods, until when, limit, how many"),
        "wishes": t("What you wish for"),
        "demand": t("What your group wishes for"),
        "market": t("What other groups let you sell"),
        "next": t("What to post next"),
        "reviews": t("Say how your goods were, or change what you said"),
        "pay": t("What you have to pay, and how"),
        "balance": t("What you owe, get back and have as credit"),
        "coupon": t("Enter a code, or see those that you have"),
        "earnings": t("What you earn by recommending, and being paid"),
        "payouts": t("Who asks to be paid what they earned"),
        "partners": t("What you and other groups owe each other for goods"),
        "accounts": t("What your group sold, received and owes"),
        "stats": t("How your group does: orders, buyers, reactions, who leaves"),
        "trust": t("How many offers the group bears, and what is left"),
        "payments": t("What members say they have paid, and who owes"),
        "recommend": t("Recommend something good to your group"),
        "invite": t("Your own invite link"),
        "chain": t("Who brought you, and whom you brought"),
        "shares": t("How far the picks went that you shared"),
        "help": t("What I can do"),
        "pick": t("Post a pick: price, title | stock | until when"),
        "board": t("Who ordered what: pick number"),
        "handover": t("Hand over: order number or code"),
        "close": t("Close a pick now: pick number"),
        "extend": t("Another deadline: pick number, until when"),
        "edit": t("Change a pick: pick number, title, words, price, tiers, stock or till"),
        "withdraw": t("Withdraw a pick: pick number, the reason"),
        "repost": t("Post a pick again: pick number, until when"),
        "stop": t("Stop something bad in all groups: pick number, what is wrong"),
        "new": t("Make a pick step by step"),
        "drafts": t("Your half-made picks"),
        "copy": t("Make a new pick out of an old one: its number"),
        "manage": t("Your picks, with all that can be done with them"),
        "settings": t("Currency, time zone and language of your group"),
        "curators": t("Who leads your group and who helps"),
        "appoint": t("Give a member a role, by name"),
        "audit": t("What was done in your group, and by whom"),
        "review": t("What about money does not fit and is yours to decide"),
        "flags": t("What looks odd about rewards in your group"),
        "cases": t("What is wrong with orders, and what comes of it"),
        "promotions": t("Make, change and end promotions and codes"),
        "refunds": t("Money that you still have to give back"),
        "refund": t("Give money back: pick number, order number, amount, reason"),
        "credit": t("Give a member credit: name, amount, reason"),
        "notices": t("What I tell you in private, and of what"),
        "foryou": t("What you may like of all that is on offer, and why"),
        "offers": t("What your group keeps to be posted; behind it a word to search"),
        "import": t("Take a price list into your group's catalogue"),
        "language": t("The language I speak with you"),
        "start": t("Say hello"),
        "privacy": t("What I keep about you, and why"),
        "mydata": t("Everything that I keep about you, as files"),
        "forgetme": t("Have me forget you"),
    }


def gave_up(t: Translator) -> str:
    """Something of ours failed for good."""
    return t("Something went wrong on my side. It has been noted; please try again in a while.")


def nothing_here(t: Translator) -> Markup:
    """To whoever writes something in private that is no command."""
    return t.html("I did not understand that. /help shows what I can do here.")
