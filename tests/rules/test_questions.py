"""What reads as a question to the curator, what is talk, and which questions are the same."""

import pytest

from bot.rules.order_text import read_order
from bot.rules.questions import alike, reads_as_question

ASKED = """
How long does it keep?
Is it organic?
Hi Mei! Looks lovely. Is the honey raw?
how much is one jar
Hi! how long does the honey keep, please
When will it arrive
where can we pick it up
Can I pay cash
what size are the socks
Does anybody know how much a jar weighs?
Do you have bigger ones?
Sold out already?
It is without sugar, right?
Is it 500 g or 1 kg?
can I have 2?
Hello, which one is sweeter
https://example.com/honey is this the one?
What about the red ones? 🤔
@mei_tea when do we get it?
¿Cuánto dura?
¿Es ecológica?
cuanto cuesta un frasco
Hola, ¿cuándo llega?
Cuándo se recoge
¿Se puede pagar en efectivo?
dónde se recoge
qué talla es
Alguien sabe si pica
Сколько стоит?
сколько весит банка
Здравствуйте, а когда привезут
Где забирать
можно ли оплатить наличными
Он без сахара?
Подскажите, какой срок годности
А детям можно?
Какой размер у носков?
есть ли побольше
保质期多久？
请问可以退吗
这个多少钱
Mei 多少钱
你好，怎么取货
什么时候到
甜不甜？
有没有大瓶的？
老板，多少钱一瓶
还有货吗
能不能周六取
"""

TALK = """
Really?
really??
Lovely, isn't it?
why not?
Who doesn't love honey?
How are you?
ok?
2?
+1?
???
Mei?
What?!
So cheap!?
who knows?
You know what?
@ben are you coming tonight?
Anyone want coffee?
Anyone for tennis?
What could be better?
what a lovely honey
how sweet
How sweet of you
when I was a child we had bees
where there is honey there are bees
who else is in
Which reminds me, happy birthday Ann
Is it just me or is it cold
can I just say how much I love this group
how much I love this honey
I asked her how much it costs. She laughed
what's up
It is great, is it not?
Do you remember last year?
Guess what?
https://example.com/?a=b
+2
two please
I will think about it
that is the question
Where is everybody?
What would we do without you?
😂😂?
No way?
as long as it is honey
hi
你好
@
¿De verdad?
¿Y tú?
¿Por qué no?
¿Qué tal?
¿Quién se apunta?
qué bonito
que rico
cuanto me gusta esta miel
cuando llegue a casa lo miro
donde hay miel hay abejas
como siempre, gracias
hay que probarla
¿A quién no le gusta la miel?
Правда?
да?
Ты серьёзно?
Как дела?
Почему бы и нет?
Кто не любит мёд?
как здорово
какая прелесть
какой красивый
когда я была маленькой, мёд был другим
сколько можно!
сколько лет, сколько зим
где наша не пропадала
А ты?
что за чудо
кто бы мог подумать
真的？
真的吗？
是吗？
好吃
怎么这么便宜
什么时候都好吃
多少都不够
谁不喜欢蜂蜜？
你呢？
哈哈？
有没有人一起去喝茶
好不好？
难道不是吗？
来两份
"""


def lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("text", lines(ASKED))
def test_what_asks_the_curator_is_a_question(text: str) -> None:
    assert reads_as_question(text, curators={"Mei_Tea"})


@pytest.mark.parametrize("text", lines(TALK))
def test_talk_is_none(text: str) -> None:
    assert not reads_as_question(text, curators={"Mei_Tea"})


@pytest.mark.parametrize("text", lines(ASKED))
@pytest.mark.parametrize("variants", [("",), ("red", "blue"), ("S", "M", "L")])
def test_no_question_reads_as_an_order(text: str, variants: tuple[str, ...]) -> None:
    assert read_order(text, variants) is None


def test_a_story_is_no_question() -> None:
    assert not reads_as_question("and then she said " * 50 + "is it?")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How long does it keep?", "hi, how long will the honey keep please"),
        ("How long does it keep?", "how long does it keep??? 🙏"),
        ("Is it vegan?", "is this vegan"),
        ("How much does one jar weigh?", "how much do the jars weigh"),
        ("When does it arrive?", "When will the Yunnan honey arrive?"),
        ("¿Cuánto pesa el frasco?", "hola, cuanto pesan los frascos"),
        ("Когда привезут?", "здравствуйте, а когда привезут"),
        ("Из чего шапка?", "из чего шапки"),
        ("保质期多久？", "请问保质期有多久"),
        ("多少钱一瓶", "请问一瓶多少钱？"),
    ],
)
def test_the_same_question_is_known_again(one: str, other: str) -> None:
    assert alike(one, other, about="Yunnan honey")
    assert alike(other, one, about="Yunnan honey")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How much does one jar weigh?", "How much does one jar cost?"),
        ("Is it with sugar?", "Is it without sugar?"),
        ("Is it 500 g?", "Is it 1000 g?"),
        ("When will it arrive at the north point?", "When will it arrive at the south point?"),
        ("Did it arrive?", "When will it arrive?"),
        ("Is red left?", "Is blue left?"),
        ("Is the honey raw?", "Is the Yunnan raw?"),
        ("How is it?", "How is it?"),
        ("Есть ли красные?", "Есть ли синие?"),
        ("Можно детям?", "Нельзя детям?"),
        ("有糖吗？", "没有糖吗？"),
        ("周六能取吗", "周日能取吗"),
        ("¿Lleva azúcar?", "¿No lleva azúcar?"),
        ("How long does it keep?", "How long does it take?"),
    ],
)
def test_another_question_is_not_taken_for_it(one: str, other: str) -> None:
    assert not alike(one, other, about="Yunnan honey")
    assert not alike(other, one, about="Yunnan honey")
