"""Keeps the catalogues in step with the code: `python -m locales update | check`."""

import sys
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "es", "ru", "zh_CN")
SOURCES = ("bot", "handlers")
KEYWORDS = {"t": None, "html": None, "plural": (1, 2), "html_plural": (1, 2)}


def extract() -> Catalog:
    """Every text in the code."""
    catalogue = Catalog(project="Vouch", charset="utf-8", fuzzy=False)
    for folder in SOURCES:
        found = extract_from_dir(ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for file, line, text, comments, context in found:
            catalogue.add(text, None, [(f"{folder}/{file}", line)], auto_comments=comments, context=context)
    return catalogue


def update() -> None:
    """Add new texts to each catalogue and drop those that are gone; English speaks for itself."""
    for language in LANGUAGES:
        catalogue = _read(language) if _path(language).exists() else Catalog(locale=language)
        catalogue.header_comment = f"# Vouch speaks {language}."
        catalogue.project, catalogue.fuzzy = "Vouch", False
        # Extracted anew for each: a catalogue keeps the very messages that it is given.
        catalogue.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        if language == "en":
            for message in _texts(catalogue):
                message.string = message.id
        _path(language).parent.mkdir(parents=True, exist_ok=True)
        _path(language).write_bytes(_written(catalogue))


def check() -> list[str]:
    """What is missing, stale, or broken in the catalogues, a line each."""
    template = {_key(message) for message in _texts(extract())}
    problems: list[str] = []
    for language in LANGUAGES:
        catalogue = _read(language)
        texts = {_key(message): message for message in _texts(catalogue)}
        problems += [f"{language}: missing: {key}" for key in sorted(template - set(texts))]
        problems += [f"{language}: no longer used: {key}" for key in sorted(set(texts) - template)]
        for message in texts.values():
            problems += [f"{language}: {problem}: {_key(message)}" for problem in _faults(message, catalogue)]
    return problems


def _faults(message: Message, catalogue: Catalog) -> list[str]:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if "fuzzy" in message.flags:
        return ["unsure"]
    if not all(strings) or (message.pluralizable and len(strings) != catalogue.num_plurals):
        return ["not translated"]
    wanted = _fields(_key(message))
    return [
        f"fields differ in {string!r}" for string in strings if _fields(str(string)) - {"n"} != wanted - {"n"}
    ]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _path(language: str) -> Path:
    return ROOT / "locales" / language / "LC_MESSAGES" / "vouch.po"


def _read(language: str) -> Catalog:
    with _path(language).open("rb") as source:
        return read_po(source, locale=language)


def _written(catalogue: Catalog) -> bytes:
    target = BytesIO()
    # Without line numbers and dates: a catalogue changes only where its texts do.
    write_po(target, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)
    lines = target.getvalue().split(b"\n")
    dated = tuple(
        f'"{name}'.encode()
        for name in ("POT-", "PO-", "Generated-", "Report-", "Last-", "Language-Team", "Project-Id")
    )
    return b"\n".join(line for line in lines if not line.startswith(dated))


def main() -> int:
    """Run what was asked for; 1 if the catalogues are not in order."""
    if sys.argv[1:] == ["update"]:
        update()
    problems = check()
    for problem in problems:
        print(problem)  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
