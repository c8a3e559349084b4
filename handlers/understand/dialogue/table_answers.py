"""What people say about a table whose columns they are asked about: that it is right or not, that money in is money
out, that day and month are the other way round, which column is what."""

from __future__ import annotations

from dataclasses import replace

from handlers.requests import ChooseColumns, ShowColumns
from handlers.understand.text import grammar
from handlers.understand.text.sentence import sentence

_TABLES = "tables"
_QUOTES = " \"'„“”‘’.:"


def answer_about_table(text: str, asked: ChooseColumns) -> ChooseColumns | ShowColumns | None:
    """What the words change about how the table is read that was `asked` about; None where they are about something
    else."""
    said = sentence(text)
    if not said.words or said.asks:
        return None
    for form in (said, said.politely_reduced()):
        name, column = grammar.set_phrases(_TABLES).get(form.plain, ""), ""
        for phrase in grammar.phrases(_TABLES) if not name else ():
            if (slots := form.slots(phrase.text)) is not None:
                name, column = phrase.name, slots["column"].text.strip(_QUOTES) if "column" in slots else ""
                break
        if name == "agreed":
            return asked
        if name:
            return replace(ShowColumns(asked.document, asked.account, asked.columns), change=name, column=column)
    return None
