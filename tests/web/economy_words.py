"""What a page says, for tests of the economy's pages."""

from __future__ import annotations

import html
import re
from typing import Any


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def rows(answer: Any, table: str) -> list[list[str]]:
    """The rows of a table as words, by the table's key."""
    text = answer.content.decode().split(f'id="tabell-{table}"', 1)[1].split("</table>", 1)[0]
    body = text.split("<tbody", 1)[1]
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr[ >].*?</tr>", body, re.DOTALL)
    ]
