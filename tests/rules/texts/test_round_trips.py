"""A text survives every way out and in; nothing that is not writing does."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from uppsikt.texts.rules import (
    figure_keys,
    from_html,
    from_plain,
    merge,
    normalise,
    resolve_figures,
    text_of,
    to_html,
    to_plain,
    to_reading,
    validate,
    words,
)

DIGEST = "0a" * 32
TAG = (
    r'<img src="/filer/[0-9a-f]{64}" data-file="[0-9a-f]{64}" alt="[^"<>]*" data-caption="[^"<>]*">|'
    r"</?(p|h3|h4|ul|ol|li|blockquote|strong|em|br|thead|tbody|tr|td|th|table|caption|figure|figcaption|span|a)>"
    r'|<th scope="col">|<table data-caption="[^"<>]*">|<a href="(https?|mailto):[^"<>]*">'
    r'|<span class="note" data-note="\d+">|<span class="live-figure" data-figure="[a-z0-9_.:-]+">'
)
HOSTILE = (
    "<p>", "</p>", "<b>", "<li>", "<ul>", "</ul>", "<table>", "<tr>", "<td colspan=2 rowspan=3>", "<th>", "</table>",
    "<a href=javascript:x>", "<a href=https://x.se>", "</a>", "<script>x</script>", "<img src=x onerror=y>",
    "<svg/onload=x>", "<span data-note=1>", "</span>", "<span data-figure=met>", "<figcaption>", "<caption>",
    "<blockquote>", "</blockquote>", "<h1>", "</h6>", "<style>", "<p class=MsoListParagraph>", "<!--", " ord ",
    "&lt;script&gt;", "<br>", "<div style=x:expression(y)>", "<a title='\">'>", f"<img data-file={DIGEST} alt='\"><b'>",
)  # fmt: skip
ODD = st.text(alphabet='ab1 .-*[]()|<>#^!:\\"•&åÖ\n\t\u00a0\u00ad_’', max_size=14)
TEXT = st.one_of(
    ODD,
    st.sampled_from(["Nämnden", "12 %", "[[met]]", "1. ett", "- strecksats", "**", "](", "<b>"]),
)
LEAF = st.one_of(
    st.fixed_dictionaries(
        {
            "type": st.just("text"),
            "text": TEXT,
            "marks": st.lists(st.sampled_from(["bold", "italic"]), max_size=2),
        },
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("link"),
            "href": st.sampled_from(
                ["https://exempel.se/a_(b)?c=1&d", "mailto:namn@exempel.se", "javascript:x"],
            ),
            "text": TEXT,
        },
    ),
    st.just({"type": "break"}),
    st.fixed_dictionaries(
        {"type": st.just("figure"), "key": st.sampled_from(["met", "goals.total", "Fel nyckel"])},
    ),
)
RUN = st.lists(
    st.one_of(
        LEAF,
        st.fixed_dictionaries({"type": st.just("footnote"), "children": st.lists(LEAF, max_size=3)}),
    ),
    max_size=4,
)
SIMPLE = st.one_of(
    st.fixed_dictionaries({"type": st.just("paragraph"), "children": RUN}),
    st.fixed_dictionaries({"type": st.just("heading"), "level": st.integers(1, 6), "children": RUN}),
    st.fixed_dictionaries(
        {
            "type": st.just("table"),
            "header": st.lists(RUN, max_size=3),
            "rows": st.lists(st.lists(RUN, max_size=3), max_size=3),
            "caption": TEXT,
        },
    ),
    st.fixed_dictionaries({"type": st.just("image"), "file": st.just(DIGEST), "alt": TEXT, "caption": TEXT}),
)
NODE = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["bullet_list", "ordered_list"]),
                "items": st.lists(st.lists(inner, max_size=3), max_size=3),
            },
        ),
        st.fixed_dictionaries({"type": st.just("quote"), "children": st.lists(inner, max_size=3)}),
    ),
    max_leaves=6,
)
CONTENT = st.lists(NODE, max_size=4)
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=5),
        st.sampled_from(["paragraph", "text"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["type", "children", "items", "header", "rows", "text", "marks"]),
            inner,
        ),
    ),
    max_leaves=20,
)


@given(CONTENT)
def test_canonical_form_is_stable_and_sound(raw: list[dict[str, Any]]) -> None:
    nodes = normalise(raw)
    assert normalise(nodes) == nodes
    assert {problem.code for problem in validate(nodes)} <= {"alt"}


@given(CONTENT)
def test_html_round_trip(raw: list[dict[str, Any]]) -> None:
    nodes = normalise(raw)
    assert from_html(to_html(nodes)) == (nodes, [])


@given(CONTENT)
def test_plain_round_trip(raw: list[dict[str, Any]]) -> None:
    nodes = normalise(raw)
    assert from_plain(to_plain(nodes)) == nodes


@given(JSON)
def test_any_data_becomes_sound_text(raw: object) -> None:
    nodes = normalise(raw)
    assert normalise(nodes) == nodes
    validate(raw)


@given(st.text(max_size=200))
def test_any_plain_text_can_be_read(text: str) -> None:
    nodes = from_plain(text)
    assert normalise(nodes) == nodes
    assert from_plain(to_plain(nodes)) == nodes
    assert from_html(to_html(nodes))[0] == nodes


@given(st.lists(st.sampled_from(HOSTILE), max_size=25))
def test_any_html_becomes_sound_text(parts: list[str]) -> None:
    nodes, _problems = from_html("".join(parts))
    assert normalise(nodes) == nodes
    again = to_html(nodes)
    assert from_html(again)[0] == nodes
    assert not [tag for tag in re.findall("<[^>]*>", again) if not re.fullmatch(TAG, tag)]


@given(st.integers(1, 3000))
@example(3000)
@settings(max_examples=5)
def test_depth_breaks_nothing(depth: int) -> None:
    nodes, _problems = from_html("<ul><li>" * depth + "djupt" + "</li></ul>" * depth)
    assert "djupt" in text_of(nodes) or depth > 50
    from_plain("> " * depth + "djupt")
    from_plain("- " * depth + "djupt")


@given(CONTENT, CONTENT, CONTENT)
def test_merging_loses_nothing(base: Any, mine: Any, theirs: Any) -> None:
    base, mine, theirs = normalise(base), normalise(mine), normalise(theirs)
    assert merge(base, mine, base).content == mine
    assert merge(base, base, theirs).content == theirs
    assert merge(base, mine, mine).content == mine
    to_reading(mine)
    both = merge([], mine, theirs).content
    assert all(node in both for node in [*mine, *theirs])


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("Ett stycke.\n\nEtt till.", "<p>Ett stycke.</p><p>Ett till.</p>"),
        ("Första raden\nandra raden", "<p>Första raden<br>andra raden</p>"),
        ("Vi har\n- sålt\n- köpt", "<p>Vi har</p><ul><li><p>sålt</p></li><li><p>köpt</p></li></ul>"),
        ("- ett\n\n- två", "<ul><li><p>ett</p></li><li><p>två</p></li></ul>"),
        (
            "1. först\n2. sedan\n  - under\n\n  nytt stycke",
            "<ol><li><p>först</p></li><li><p>sedan</p><ul><li><p>under</p></li></ul><p>nytt stycke</p></li></ol>",
        ),
        ("## Resultat\n### Ekonomi", "<h3>Resultat</h3><h4>Ekonomi</h4>"),
        (
            "**fet** och *kursiv* och ***båda***",
            "<p><strong>fet</strong> och <em>kursiv</em> och <strong><em>båda</em></strong></p>",
        ),
        ("Se [planen](https://exempel.se/a).", '<p>Se <a href="https://exempel.se/a">planen</a>.</p>'),
        ("[ond](javascript:alert(1))", "<p>[ond](javascript:alert(1))</p>"),
        ("[[met]] av 18", '<p><span class="live-figure" data-figure="met">[[met]]</span> av 18</p>'),
        (
            "Text^[Källa: *SCB*.] slut",
            '<p>Text<span class="note" data-note="2">Källa: <em>SCB</em>.</span> slut</p>',
        ),
        ("> citat\n>\n> mer", "<blockquote><p>citat</p><p>mer</p></blockquote>"),
        (
            "| År | Antal |\n|---|---|\n| 2024 | 3 |\n: Ärenden",
            (
                '<table data-caption="Ärenden"><caption>Ärenden</caption><thead><tr><th scope="col">År</th>'
                '<th scope="col">Antal</th></tr></thead><tbody><tr><td>2024</td><td>3</td></tr></tbody></table>'
            ),
        ),
        ("35* och 40* är preliminära", "<p>35* och 40* är preliminära</p>"),
        ("2024. Ett år", "<p>2024. Ett år</p>"),
        ("\\- inte en lista", "<p>- inte en lista</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
    ],
)
def test_plain_says(plain: str, html: str) -> None:
    assert to_html(from_plain(plain)) == html


def test_plain_stays_readable() -> None:
    text = (
        "## Genomfört arbete\n\nNämnden har **ökat** takten (se not)^[Enligt SCB, tabell 3.] till [[met]].\n\n"
        "- Utbildning\n  - Två skolor\n- Samverkan\n\n| År | Antal |\n| --- | --- |\n| 2024 | 3* |\n: Ärenden\n\n"
        f'![Karta över Huddinge](sha256:{DIGEST} "Områden")'
    )
    assert to_plain(from_plain(text)) == text


def test_what_plain_cannot_say_is_json() -> None:
    nodes = normalise(
        [
            {
                "type": "bullet_list",
                "items": [[{"type": "paragraph", "children": [{"type": "text", "text": "a"}]}]],
            },
        ]
        * 2,
    )
    assert json.loads(to_plain(nodes)) == nodes
    assert from_plain(to_plain(nodes)) == nodes


def test_reading_shows_every_kind_in_words() -> None:
    text = (
        f"## Rubrik\n\n**Fet** [länk](https://x.se)^[not]\nrad\n\n1. ett\n  - två\n\n> citat\n\n"
        f'| A | [[met]] |\n| b<br>c | d |\n: T\n\n![Karta](sha256:{DIGEST} "Under")'
    )
    assert to_reading(from_plain(text), {"met": "8 av 18"}).split("\n") == [
        "Rubrik: Rubrik",
        "**Fet** länk (https://x.se) (fotnot: not)",
        "rad",
        "1. ett",
        "\u2003• två",
        "”citat”",
        "Tabell: T",
        "A | 8 av 18",
        "b / c | d",
        "Bild: Karta (bildtext: Under)",
    ]


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        (
            (
                "<!--[if gte mso 9]><xml>skräp</xml><![endif]--><style>p{color:red}</style>"
                "<p class=MsoNormal style='margin:0'><b>Rubrik</b><o:p>&nbsp;</o:p></p>"
                "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·"
                "<span style='font:7.0pt'>&nbsp;&nbsp;&nbsp;</span></span>Ett</p>"
                "<p class=MsoListParagraphCxSpLast><span>·<span>&nbsp;&nbsp;</span></span>Två</p>"
            ),
            "**Rubrik**\n\n- Ett\n- Två",
        ),
        (
            '<b style="font-weight:normal"><p><span style="font-weight:700">Fet</span> vanlig</p></b>',
            "**Fet** vanlig",
        ),
        ("<div>En<div>Två</div>Tre</div>", "En\n\nTvå\n\nTre"),
        ("<ul><li>Ett<ul><li>Under</li></ul></li></ul>", "- Ett\n  - Under"),
        ("<ul><li>Ett</li><ul><li>Under</li></ul></ul>", "- Ett\n  - Under"),
        ("<h1>Stor</h1><h5>Liten</h5>", "## Stor\n\n### Liten"),
        (
            "<table><tr><td rowspan=2>A</td><td colspan=2>B</td></tr><tr><td>C<p>D</p></td><td>E</td></tr></table>",
            "| A | B |  |\n| --- | --- | --- |\n|  | C<br>D | E |",
        ),
    ],
)
def test_pasted_text_is_cleaned(pasted: str, plain: str) -> None:
    nodes, problems = from_html(pasted)
    assert to_plain(nodes).replace("\u00a0", "") == plain
    assert not problems


def test_what_cannot_be_kept_is_told() -> None:
    nodes, problems = from_html(
        '<p><img src="https://spion.se/x.gif">Se <a href="file:///c:/x">filen</a></p>',
    )
    assert to_plain(nodes) == "Se filen"
    assert {problem.code for problem in problems} == {"picture"}


def test_a_picture_needs_a_description() -> None:
    nodes, _ = from_html(f'<img data-file="{DIGEST}" alt="">')
    assert [problem.code for problem in validate(nodes)] == ["alt"]


def test_live_figures() -> None:
    nodes = from_plain("- [[met]] av [[total]]^[[[met]] till]\n\n| [[met]] |")
    assert figure_keys(nodes) == ["met", "total"]
    shown = resolve_figures(nodes, {"met": ("12", "o1")})
    assert text_of(shown) == "12 av [okänd siffra: total]\n12 till\n12"
    assert words(from_plain("Tre korta ord^[och två till]")) == 6
