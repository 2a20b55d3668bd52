"""The words that orders are made of: English, Chinese (simplified, as `fold` leaves it), Russian, Spanish."""

from collections.abc import Iterable
from enum import StrEnum

from bot.rules.typed_text import fold


class Kind(StrEnum):
    """What a piece of an order says; one letter each, since the grammar is a pattern over them."""

    NUMBER = "N"
    VARIANT = "V"
    UNIT = "U"
    TIMES = "T"
    OF = "O"
    COLON = "C"
    JOIN = "J"
    CANCEL = "K"
    ASKING = "A"
    POLITE = "P"
    SIGN_BEFORE = "B"
    SIGN_AFTER = "E"
    SIGN_EITHER = "S"
    UNKNOWN = "X"


# Asking and wanting: these make even a large number plainly an order.
_ASKING = """
make it | please make it | change to | change mine to | please | pls | plz | pleeease | i want
i want to order | i need | id like | i would like | ill have
ill take
i will take | i take | ill buy | ill order | i order | order | for me | for us | for me too | for us too
give me | count me in for | count me in
put me down for | sign me up for | reserve | reserve me | please reserve | save me | im in for
改成 | 改为 | 换成 | 我改成 | 请 | 麻烦 | 我要 | 要 | 我想要 | 想要 | 我也要 | 也要 | 也来 | 我也来 | 来
我来 | 给我 | 给我来 | 帮我留
帮我 | 留 | 给我留 | 我订 | 订
下单 | 我买 | 只要 | 我只要 | 先来 | 就要 | 我就要 | 我拿 | 我要订 | 我要买 | 拼 | 我拼 | 接龙 | 报名
麻烦给我 | 麻烦给我来
исправьте на | поменяйте на | пожалуйста | пож | пожалста | плиз | плз | мне | и мне | мне тоже | хочу
я хочу | беру | я беру | возьму
я возьму
заказываю | закажу | я закажу | для меня | нам | запишите | запишите меня на | запишите на меня | мне бы
дайте | дайте мне | нужно | мне нужно | надо | мне надо | хотела бы | хотел бы | мне пожалуйста
mejor | por favor | porfa | porfis | porfavor | para mi | para nosotros | quiero | yo quiero | me apunto
apuntame
apuntame con | me llevo | ponme | me pones | quisiera | deseo | dame | me das | pido | reservame
necesito | me quedo con
"""
# Greeting and thanking: they may stand beside an order but say nothing of one.
_POLITE = """
thanks | thank you | thx | ty | thanks a lot | thank you so much | many thanks | thank you very much
cheers | hi | hello | hey | hi all
hello everyone | ok | okay | yes | yes please | yep | sure | sorry | oops | me too | im in | good morning
good evening
谢谢 | 谢谢啦 | 谢啦 | 谢了 | 多谢 | 感谢 | 你好 | 您好 | 好 | 好的 | 嗯 | 不好意思 | 老板 | 老板娘 | 团长
群主 | 亲 | 吧 | 哦 | 啊 | 呀 | 哈 | 啦 | 辛苦了 | 谢谢老板
спасибо | спс | спасибо большое | благодарю | привет | здравствуйте | добрый день | добрый вечер
доброе утро | всем привет
да | ок | хорошо | извините | простите | тоже | и я | я тоже | я с вами
gracias | muchas gracias | mil gracias | hola | buenas | buenos dias | buenas tardes | si | vale | ok vale
perdon | yo tambien
a mi tambien | tambien | hola a todos
"""
# These say who, and are only read beside a sign, a unit or a variant: "me 2" is "me too".
WHO = frozenset(fold(word) for word in ("me", "я", "yo", "我", "我也", "本人"))
_UNITS = """
pc | pcs | piece | pieces | pack | packs | packet | packets | box | boxes | jar | jars | bottle | bottles
bag | bags | set | sets
pair | pairs | item | items | unit | units | copy | copies | portion | portions | can | cans | bar | bars
roll | rolls | tin | tins
of them | of these | of those | ones | kit | kits | bunch | bunches | tray | trays | loaf | loaves
шт | штук | штука | штуки | штуку | штучка | штучки | штучку | штучек | пачка | пачки | пачку | пачек
банка | банки | банку | банок
баночка | баночки | баночку | баночек | упаковка | упаковки | упаковку | упаковок | коробка | коробки
коробку | коробок | бутылка | бутылки
бутылку | бутылок | пара | пары | пару | пар | набор | набора | наборов | комплект | комплекта
комплектов | порция | порции | порцию
порций | пакет | пакета | пакетов | экземпляр | экземпляра | экземпляров | экз | уп
unidad | unidades | ud | uds | pieza | piezas | frasco | frascos | caja | cajas | bote | botes | botella
botellas | paquete
paquetes | bolsa | bolsas | tarro | tarros | par | pares | lata | latas | juego | juegos | racion
raciones | ejemplar | ejemplares
个 | 份 | 件 | 罐 | 瓶 | 盒 | 包 | 袋 | 箱 | 套 | 只 | 支 | 条 | 双 | 本 | 张 | 杯 | 串 | 桶 | 提 | 板
盆 | 束 | 单 | 组 | 坛 | 把 | 枚 | 颗 | 粒
"""
_OF = "of | of the | de | de la | de los | de las | del | de color | из | 的"
_JOIN = "and | и | y | e | 和 | 跟 | 还有 | также | а также"
# A sign in words: before the number, behind it, or either.
_SIGN_BEFORE = {
    1: "plus | another | плюс | y mas | 加 | 再来 | 再要 | 再加 | 我再要 | 我再来 | 多要 | 另要 | 追加",
    -1: "minus | минус | 减 | 减掉 | 少要",
}
_SIGN_AFTER = {1: "more", -1: "less | fewer"}
_SIGN_EITHER = {1: "еще | и еще | мне еще | mas", -1: "menos"}
_CANCEL = """
cancel | cancel my order | cancel the order | cancel order | cancel mine | cancel all | cancel everything
cancel it
取消 | 取消订单 | 我取消 | 取消了 | 全部取消 | 我要取消 | 不要了 | 我不要了 | 都不要了 | 不买了 | 我不买了
取消我的订单 | 取消我的
отмена | отменить | отмени | отмените | отменяю | отменить заказ | отмена заказа | отмените заказ
отмените мой заказ | отменяю заказ
отмените мне | хочу отменить | отмените мой
cancelar | cancela | cancelo | cancele | cancelalo | cancelar pedido | cancelar mi pedido
cancela mi pedido | cancelo mi pedido
anular | anular pedido | anular mi pedido | quiero cancelar | ya no quiero | cancelad
"""
# A number and one of these is talk about time, size, money or somebody's opinion, never a variant's name.
_TALK = """
to | this | that | it | what | on | agree | agreed | lol | haha | hahaha | same | here | for | if | but
so | very | much | with | from
maybe | perhaps | probably | vote | like | love | at | in | by | as | too | also | not | no | the | a | an
is | was | my | your | one
each | every | both | person | people | guest | day | days | week | weeks | hour | hours | hr | hrs | min
mins | minute | minutes
month | months | year | years | point | points | degree | degrees | percent | km | kg | g | ml | l | cm
mm | lb | lbs | oz | eur
usd | star | stars | times | time | karma | indeed | exactly | totally | true | good | great | nice | idea
cool | yes | absolutely
pm | am | oclock | st | nd | rd | th | gb | mb | left | friend | friends | kids | ago | later
согласен | согласна | поддерживаю | может | наверное | возможно | если | но | к | за | на | в | с | у | от
до | по | не | нет | это | все
час | часа | часов | день | дня | дней | неделя | недели | недель | минута | минуты | минут | мин | год
года | лет | месяц | месяца
градус | градуса | градусов | тепла | мороза | процент | процентов | руб | рубль | рубля | рублей | кг
гр | г | км | м | см | мл | л
человек | человека | раз | раза | балл | балла | баллов | в карму | карму | вопрос | вопроса | другу
подруге | маме | тут | хаха | ага | точно | го | й | я
acuerdo | esto | eso | totalmente | igual | quizas | quiza | talvez | pero | con | sin | hora | horas
dia | dias | semana | semanas
minuto | minutos | mes | meses | ano | anos | grados | euros | kilo | kilos | gramos | persona | personas
jaja | jajaja | punto | puntos
que | lo | la | el | los | las | un | en | por | es | no | vez | veces | opinion | amigo | amiga
支持 | 同意 | 赞 | 顶 | 天 | 年 | 月 | 日 | 号 | 点 | 点半 | 分 | 分钟 | 小时 | 岁 | 人 | 位 | 元 | 块
斤 | 公斤 | 克 | 度 | 楼 | 次 | 遍 | 哈哈 | 哈哈哈 | 可能 | 也许 | 级 | 票 | 倍 | 星期 | 周 | 折
"""
_NUMBERS = {
    1: "one | один | одна | одно | одну | uno | una",
    2: "two | два | две | dos | 俩",
    3: "three | три | tres | 仨",
    4: "four | четыре | cuatro",
    5: "five | пять | cinco",
    6: "six | шесть | seis",
    7: "seven | семь | siete",
    8: "eight | восемь | ocho",
    9: "nine | девять | nueve",
    10: "ten | десять | diez",
    11: "eleven | одиннадцать",
    12: "twelve | двенадцать | doce",
    13: "thirteen | тринадцать | trece",
    14: "fourteen | четырнадцать | catorce",
    15: "fifteen | пятнадцать | quince",
    16: "sixteen | шестнадцать | dieciseis",
    17: "seventeen | семнадцать | diecisiete",
    18: "eighteen | восемнадцать | dieciocho",
    19: "nineteen | девятнадцать | diecinueve",
    20: "twenty | двадцать | veinte",
    21: "veintiuno | veintiuna",
    22: "veintidos",
    23: "veintitres",
    24: "veinticuatro",
    25: "veinticinco",
    26: "veintiseis",
    27: "veintisiete",
    28: "veintiocho",
    29: "veintinueve",
    30: "thirty | тридцать | treinta",
    40: "forty | сорок | cuarenta",
    50: "fifty | пятьдесят | cincuenta",
    60: "sixty | шестьдесят | sesenta",
    70: "seventy | семьдесят | setenta",
    80: "eighty | восемьдесят | ochenta",
    90: "ninety | девяносто | noventa",
}


def _phrases(table: str) -> Iterable[tuple[str, ...]]:
    entries = (entry for line in table.splitlines() for entry in line.split("|"))
    return (tuple(fold(entry).split()) for entry in entries if entry.strip())


def _vocabulary() -> dict[tuple[str, ...], tuple[Kind, int]]:
    tables = [
        (_POLITE, Kind.POLITE, 0),
        (_ASKING, Kind.ASKING, 0),
        (_UNITS, Kind.UNIT, 0),
        (_OF, Kind.OF, 0),
        (_JOIN, Kind.JOIN, 0),
        (_CANCEL, Kind.CANCEL, 0),
        ("x | х", Kind.TIMES, 0),
        *((words, Kind.SIGN_BEFORE, sign) for sign, words in _SIGN_BEFORE.items()),
        *((words, Kind.SIGN_AFTER, sign) for sign, words in _SIGN_AFTER.items()),
        *((words, Kind.SIGN_EITHER, sign) for sign, words in _SIGN_EITHER.items()),
    ]
    words = {phrase: (kind, value) for table, kind, value in tables for phrase in _phrases(table)}
    words |= {(word,): (Kind.POLITE, 0) for word in WHO}
    return words


VOCABULARY = _vocabulary()
LONGEST_PHRASE = max(map(len, VOCABULARY))
NUMBERS = {phrase[0]: value for value, words in _NUMBERS.items() for phrase in _phrases(words)}
TALK = frozenset(word for phrase in _phrases(_TALK) for word in phrase)
HAN_WORDS = frozenset(
    word for word in (*(word for phrase in VOCABULARY for word in phrase), *NUMBERS, *TALK) if word > "\u3400"
)
# Whole sayings that happen to be made of order words.
IDIOMS = frozenset(
    fold(saying)
    for saying in (
        "give me five", "give me 5", "dame cinco", "dame 5", "дайте пять", "one more", "plus one", "me one",
        "ok one", "yes one", "sorry one",
    )
)  # fmt: skip
# Bare numbers that are slang in a chat rather than a count: bye-bye, hooray, "adults only".
SLANG_NUMBERS = frozenset({66, 88})
SLANG_PLUS = frozenset({18, 100_500, *(10**power for power in range(2, 9))})
