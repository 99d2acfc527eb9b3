"""The guides tell of pictures, commands, addresses and buttons that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.architecture.source import ROOT, relative, tracked
from uppsikt.config.api import api

PAGES = [path for path in tracked() if path.suffix == ".md"]
GUIDES = sorted((ROOT / "docs/howto").glob("*.md"))
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
FILLED_IN = re.compile(r'"([^"\n]*%\(\w+\)s[^"\n]*)"')
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)]+)\)")
COMMAND = re.compile(r"\bbin/uppsikt ([a-z]+)|`uppsikt ([a-z]+)")
ROUTE = re.compile(r"\$UPPSIKT(/api/[\w./-]+)|`(/api/[\w./-]+)`")
PAGE = re.compile(r"`(/(?!api/|srv|var|etc)[a-z-]+/)`")
BUTTON = re.compile(r"\*\*([^*\n]+)\*\*")
# Bold words that are headings or values of the guides themselves.
OWN_WORDS = re.compile(r"[.:?]$|^PDF$|^JSON$")
FOR_USERS = {
    "administrator", "approver", "auditor", "central-controller", "controller", "reader", "reporter",
    "representative", "secretary",
}  # fmt: skip


def _commands() -> set[str]:
    folder = ROOT / "src/uppsikt/config/commands"
    return {path.stem.rstrip("_") for path in folder.glob("*.py") if path.stem != "__init__"}


def _sources() -> str:
    files = [*(ROOT / "src/uppsikt").rglob("*.py"), *(ROOT / "src/uppsikt").rglob("*.html")]
    presets = (ROOT / "src/uppsikt/cycle/presets").glob("*.yaml")
    return "\n".join(path.read_text(encoding="utf-8") for path in (*files, *presets))


def _routes() -> list[re.Pattern[str]]:
    found = api.get_openapi_schema(path_prefix="/api/")["paths"]
    return [re.compile(re.sub(r"\{\w+\}", r"[\\w-]+", path) + "$") for path in found]


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_pictures_exist_and_say_what_they_show(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    shown = [(m["alt"], m["path"]) for m in PICTURE.finditer(text)]
    assert [path for _alt, path in shown if not (page.parent / path).exists()] == []
    assert [path for alt, path in shown if not alt.strip()] == []


def test_pictures_are_of_a_reasonable_size() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "docs/pictures").glob("*.png")]
    assert sizes
    assert sum(sizes) < 6_000_000


@pytest.mark.parametrize("guide", GUIDES, ids=relative)
def test_commands_exist(guide: Path) -> None:
    told = {one or two for one, two in COMMAND.findall(guide.read_text(encoding="utf-8"))}
    assert told <= _commands()


@pytest.mark.parametrize("guide", GUIDES, ids=relative)
def test_addresses_exist(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    routes = _routes()
    told = {one or two for one, two in ROUTE.findall(text)} - {"/api/openapi.json"}
    assert [one for one in told if not any(route.match(one) for route in routes)] == []
    for address in PAGE.findall(text):
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"{address} leads nowhere")


def test_buttons_are_called_what_the_guides_call_them() -> None:
    """What a guide for users sets in bold is words of the interface."""
    sources = _sources()
    filled_in = [
        re.compile(".+".join(re.escape(part) for part in re.split(r"%\(\w+\)s", text)))
        for text in FILLED_IN.findall(sources)
        if len(re.sub(r"%\(\w+\)s|\W", "", text)) > 5
    ]
    unknown = {
        (guide.name, words)
        for guide in GUIDES
        if guide.stem in FOR_USERS
        for words in BUTTON.findall(guide.read_text(encoding="utf-8"))
        if not OWN_WORDS.search(words)
        and words not in sources
        and not any(pattern.fullmatch(words) for pattern in filled_in)
    }
    assert unknown == set()
