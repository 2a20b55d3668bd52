"""`run_bot.py evaluate`, as whoever wonders what the recommendations are worth reads it."""

from pathlib import Path

import pytest

from tests.test_command_line import finished

TRAIN = "".join(f"{person},{item}\n" for person in range(12) for item in range(4) if (person + item) % 4)
VAL = "".join(f"{person},{-person % 4}\n" for person in range(12))
SHARES = "0,4,1\n4,0,1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("data.train", TRAIN), ("data.val", VAL), ("social.share", SHARES)):
        (tmp_path / name).write_text(text)
    return tmp_path


async def test_it_prints_one_table_and_what_it_means(folder: Path) -> None:
    code, out, err = await finished("evaluate", str(folder), environment={}, at=folder)
    assert (code, err) == (0, "")
    rows = [line.split(" | ")[:2] for line in out.splitlines() if line.startswith("| ")]
    names = ["popularity", "friends", "item neighbours", "shipped ranking"]
    assert rows[1:] == [[f"| {history}", name] for history in ("all", "0", "1", "3") for name in names]
    assert "95 % intervals" in out
    assert "No parameter was chosen on the val file" in out


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("data.train", None, "must hold one file whose name ends with “train”; there is none."),
        ("other.train", "1,1\n", "ends with “train”; there is data.train, other.train."),
        ("data.train", "", "data.train is empty."),
        (
            "data.train",
            "1,2\n3;4\n",
            "Line 2 of {folder}/data.train is not 2 whole numbers with commas between.",
        ),
        ("data.val", "1,-2\n", "Line 1 of {folder}/data.val is not 2 whole numbers"),
        ("social.share", "1,2\n", "Line 1 of {folder}/social.share is not 3 whole numbers"),
        ("data.val", "0,1\n", "1 purchases of the val file in {folder} stand in the train file, too."),
    ],
)
async def test_bad_data_gets_one_clear_sentence(
    folder: Path, name: str, text: str | None, sentence: str
) -> None:
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text)
    code, out, err = await finished("evaluate", str(folder), environment={}, at=folder)
    assert (code, out) == (1, "")
    assert sentence.format(folder=folder) in err
    assert err.count("\n") == 1


async def test_what_is_no_folder_is_named(tmp_path: Path) -> None:
    code, _, err = await finished("evaluate", "nowhere", environment={}, at=tmp_path)
    assert (code, err) == (1, "nowhere is no folder.\n")
