"""The words by which questions are known: English, Spanish, Russian, Chinese (simplified)."""

from collections.abc import Iterable

from bot.rules.typed_text import fold


def _phrases(table: str) -> frozenset[str]:
    return frozenset(_entries(table))


def _entries(table: str) -> Iterable[str]:
    return (" ".join(entry.casefold().split()) for line in table.splitlines() for entry in line.split("|"))


# What may stand before a question and says nothing of it.
OPENERS = _phrases("""
hi | hello | hey | hi all | please | pls | sorry | excuse me | and | so | but | quick question | question
one question | good morning | good evening | thanks | thank you | ok | okay | just wondering | by the way
btw | hola | buenas | buenos dias | buenos días | perdon | perdón | perdona | disculpa | disculpe
una pregunta | y | por favor | oye | gracias | una duda | привет | всем привет | здравствуйте
добрый день | добрый вечер | доброе утро | извините | простите | пожалуйста | а | и | вопрос
такой вопрос | ещё вопрос | еще вопрос | спасибо
""") - {""}

HAN_OPENERS = ("你好", "您好", "大家好", "老板娘", "老板", "团长", "群主", "亲", "那", "麻烦问下", "不好意思")

# With these a message asks, even where nobody typed the mark.
ASKING = _phrases("""
how much is | how much are | how much does | how much do | how much for | how much will | how many are
how many do | how many in | how many can | how many jars | how many pieces | how long does | how long will
how long do | how long is | how big is | how big are | how heavy is | how old is | how do i | how do we
how do you | how can i | how can we | how does it | how does this | how is it | how should i | how will it
how will we | when is | when are | when will | when does | when do | when can | when would | when should
where is it | where is the | where are | where do | where does | where can | where will | where to
what is the | what is it | what is in | what are the | what size | what sizes | what colour | what color
what time | what kind of | what does it | what do they | what if i | what happens if | whats the
what's the | what's in | whats in | which one | which is | which size | which colour | which color
which day | which of | who is the | who makes | who made | who delivers | why is it so | why is the price
is it possible | is there any | is there a | is there still | are there any | are there still
is it organic | is it still | is it fresh | is it vegan | is this the | is this one | can i | can we
can you tell | can it be | could i | could you tell | could we | does it | does this | does anybody know
does anyone know | do they | do you have | do you deliver | do i have to | do we have to | will it
will there be | will you deliver | may i ask | has anyone tried | has anybody tried | please tell me how
please tell me when | please tell me where | cuánto cuesta | cuanto cuesta | cuánto cuestan
cuanto cuestan | cuánto vale | cuanto vale | cuánto pesa | cuanto pesa | cuánto dura | cuanto dura
cuánto tarda | cuánto tiempo | cuánto es | cuánto mide | cuántos | cuántas | cuándo | a qué hora
a que hora | dónde | dónde se | adónde | de dónde | cuál es | cuáles son | cuál de | qué talla
qué tallas | qué tamaño | qué peso | qué color | qué colores | qué sabor | qué lleva | qué contiene
qué día | cómo se | cómo puedo | cómo podemos | cómo pago | cómo es de | se puede saber | alguien sabe
me puedes decir | sabéis si | sabes si | sabe alguien | сколько стоит | сколько стоят | сколько весит
сколько весят | сколько грамм | сколько граммов | сколько штук | сколько литров | сколько осталось
сколько хранится | сколько будет | сколько идёт | сколько идет | сколько можно взять
сколько можно заказать | почём | почем | когда будет | когда будут | когда привезут | когда придёт
когда придет | когда приедет | когда можно | когда забирать | когда забрать | когда доставка
когда доставят | когда закрывается | во сколько | до какого | где забирать | где забрать | где можно
где получить | где находится | где сделано | где получать | какой вес | какой размер | какой срок
какой объём | какой объем | какой состав | какая цена | какие размеры | какие цвета | какого размера
какого цвета | каков срок | как долго | как забрать | как оплатить | как заказать | как получить
как хранить | как отменить | есть ли | можно ли | нет ли | будет ли | а есть | а можно | что в составе
из чего | откуда | кто знает когда | кто знает где | кто-нибудь знает | кто нибудь знает
кто-нибудь пробовал | подскажите | подскажите пожалуйста | скажите пожалуйста
""") - {""}

HAN_ASKING = (
    *("请问", "想问", "问一下", "问下", "多少钱", "多少克", "多少斤", "多少个", "什么时候到", "什么时候能"),
    *("什么时候可以", "什么时候发", "什么时候取", "怎么卖", "怎么取", "怎么拿", "怎么付", "怎么下单"),
    *("怎么保存", "哪里取", "哪里拿", "哪里产", "在哪取", "在哪里取", "在哪拿", "在哪里拿", "去哪取"),
    *("去哪里取", "去哪拿", "几点取", "几点截", "几点可以", "几号到", "几号取", "可以退", "可不可以"),
    *("能不能", "有没有大", "有没有小", "有没有别的", "有没有其他", "有没有现货", "保质期多", "保质期是"),
    *("保质期到", "还有货吗", "还有吗", "还能订吗", "还可以订吗"),
)

# Where a sentence ends like this, it asks.
HAN_ENDINGS = (
    "多少钱",
    "怎么卖",
    "怎么取",
    "怎么付款",
    "保质期多久",
    "能放多久",
    "什么时候到",
    "什么时候取",
    "在哪取",
    "有货吗",
)

# They have the mark or the words of a question, and ask nothing that a curator could answer.
IDLE = frozenset(
    fold(entry)
    for entry in _phrases("""
why not | who knows | you know | you know what | are you kidding | are you kidding me | are you serious
you serious | are you sure | you sure | are you ok | are you there | anyone there | is anyone here
is it just me | am i right | isnt it | is it not | arent they | isnt he | dont you think | how are you
how are you all | hows it going | how is it going | whats up | what is up | what's up | how come
what else | so what | say what | you what | now what | what now | what the | what can i say
what would we do without you | what would i do without you | oh really | really really | for real | no way
is that so | is it really | is it true | did you see that | did you see this | can you believe it
can you believe this | can i get an amen | see what i mean | know what i mean | who cares | who else
who is in | who is with me | who wants | who wants some | who wants to join | who is joining | shall we
shall i | what do you think | what do you all think | how about that | how about you | how about no
and you | and yours | me neither | are we there yet | guess what | can we talk | can we have one
can we be friends | is it friday yet | when is lunch | what is life | por que no | y tu | y vosotros
y ustedes | quien sabe | que tal | que tal todos | como estas | como estais | como estan | de verdad
en serio | lo dices en serio | estas seguro | estas segura | verdad que si | a que si | no es cierto
y que | que mas da | y eso | como asi | quien se apunta | quien mas | que os parece | que te parece
que les parece | почему бы и нет | почему бы нет | почему нет | почему и нет | кто знает | кто его знает
ну да | ты серьезно | вы серьезно | правда что ли | да ладно | да неужели | да что вы | а ты | а вы
а вам | а у вас | как дела | как ты | как вы | как жизнь | что нового | и что | ну и что | и чё
что скажете | кто еще | кто со мной | кто за | кто будет | не так ли | не правда ли | как вам | ты где
вы где | а что | что что | в смысле | сколько можно | когда же | какая разница | можно я | можно мне
你好吗 | 真的吗 | 真的假的 | 是不是 | 是不是啊 | 不是吧 | 对不对 | 对吧 | 好吗 | 好不好 | 好不好啊
行不行 | 你呢 | 你们呢 | 有没有搞错 | 怎么可能 | 怎么回事 | 怎么样 | 怎么了 | 为什么不 | 凭什么 | 谁知道
谁知道呢 | 什么鬼 | 什么情况 | 是这样吗 | 是吗是吗 | 吃了吗 | 在吗在吗 | 有人吗 | 有人在吗 | 还有谁
谁要一起 | 谁一起 | 你们觉得呢 | 大家觉得呢 | 可以吧
""")
    if entry
)

# So begins talk that only sounds like a question.
IDLE_STARTS = frozenset(
    fold(entry)
    for entry in _phrases("""
who doesnt | who does not | who wouldnt | how cool is | how cute is | how good is that | how great is
how lovely is | what could be better | what could be | what more could | isnt that | isnt this | isnt it
arent these | arent they | dont we all | dont you love | why so serious | why am i | why do i always
who said | says who | did anyone else | do you remember | does anyone remember | remember when
anyone want | anyone for | anybody want | anyone else | whos up for | who wants to | who else
is it just me | is it me or | am i the only | can we please | can i just say | can i say | can you imagine
can you believe | how dare | how much i love | how long have we | how many times | when are we meeting
when do we meet | when will you people | where are you | where is everybody | where is everyone
where are my | what is wrong with | what is going on | what are you doing | what are you
what is the point | what is the matter | whats the matter | what are the odds | how can i resist
how can we resist | how can i ever | how does it get | a quien no | quien no | quien quiere
quien se anima | que seria de | como no | como se os ocurre | como se te ocurre | no es | verdad que
te acuerdas | os acordais | donde estas | donde estais | donde estan | donde se ha metido | cuantas veces
cuantos somos | cuando quedamos | cuando nos vemos | cual es tu problema | cual es el problema | как можно
как тут | как же | ну как | кто не | кто бы | кто ж | разве не | ну разве | ну кто | помните | помнишь
сколько раз | сколько можно терпеть | где ты | где вы | где все | когда встречаемся | когда увидимся
откуда столько | откуда вы знаете | откуда ты | как хорошо | как здорово | зачем так | 怎么这么 | 怎么那么
谁不 | 谁会不 | 难道 | 什么时候都 | 多少都 | 怎么能这么 | 怎么可以这么 | 有什么不好 | 你是不是傻 | 还记得
有没有人一起 | 有没有人想 | 有没有一起
""")
    if entry
)

# A sentence that ends like this wants no answer.
IDLE_TAILS = tuple(
    f" {fold(entry)}"
    for entry in _phrases("""
isnt it | is it not | arent they | isnt she | isnt he | dont you think | не правда ли | не так ли | правда же
""")
    if entry
)

# What says nothing of what is asked: small words, politeness, and who asks.
_SMALL_WORDS = """
a an the is are be am do does will would can could may might shall should it its this that these those
they them there i we you me us my our your of for to so please pls hi hello hey thanks thank sorry just
also one any some have has get know tell anyone anybody somebody want like ok okay and or but then here
all about maybe really actually exactly el la los las un una unos unas es son ser esta estan este estos
estas eso esto lo le les se me te nos mi su sus de del a al y o por favor hola buenas gracias perdon sabe
saben sabeis alguien puede puedo podemos pueden quiero hay tiene tienen и а в на это этот эта эти он она
оно они я мы вы мне нам вас вам бы ли же ну вот пожалуйста привет здравствуйте спасибо подскажите скажите
извините простите кто-нибудь нибудь знает можно есть будет будут у
"""
FILLERS = frozenset(fold(word) for line in _SMALL_WORDS.splitlines() for word in line.split())

HAN_FILLERS = (
    *("请问一下", "请问", "想问一下", "想问", "问一下", "问下", "麻烦", "你好", "您好", "老板娘", "老板"),
    *("团长", "群主", "谢谢", "这个", "那个", "这款", "可以", "一下", "大概", "一般", "的", "了", "吗"),
    *("呢", "啊", "呀", "吧", "嘛", "么", "是", "会", "能", "有", "都", "还", "请", "它", "我", "我们"),
    *("你", "亲"),
)  # fmt: skip
