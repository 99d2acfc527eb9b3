"""A payload that does not follow its schema is refused with every problem and its place."""

from __future__ import annotations

import copy

import pytest

from tests.typeset import sample
from uppsikt.typeset.check import validate
from uppsikt.typeset.labels import title_facts
from uppsikt.typeset.payload import PayloadError
from uppsikt.typeset.prepare import prepare
from uppsikt.typeset.xlsx import render_xlsx


def test_the_sample_is_right() -> None:
    assert validate(sample.payload(goals=7, tables=2)) == []
    assert validate(sample.payload(**sample.adopted())) == []


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("schema",), "uppsikt.report/9", "payload.schema"),
        (("document", "date"), "14 februari", "payload.document.date: must be a date"),
        (("document", "municipality", "accent"), "red", "accent"),
        (("chapters", 0, "level"), 4, "payload.chapters[0].level"),
        (("chapters", 0, "title"), " ", "payload.chapters[0].title"),
        (("chapters", 0, "blocks", 2, "tone"), "loud", "tone"),
        (
            ("chapters", 1, "blocks", 1, "rows", 0, "cells", 3, "symbol", "shape"),
            "star",
            "'star' is not one of",
        ),
        (("chapters", 1, "blocks", 3, "rows", 1, "cells", 1, "value"), "1 204,5", "canonical decimal"),
        (("chapters", 0, "key"), "mal", "'mal' is used twice"),
    ],
)
def test_one_wrong_field_is_named(path: tuple[str | int, ...], value: object, words: str) -> None:
    payload = sample.payload()
    target = payload
    for step in path[:-1]:
        target = target[step]  # type: ignore[index]
    target[path[-1]] = value  # type: ignore[index]
    problems = validate(payload)
    assert any(words in problem for problem in problems), problems


def test_all_problems_come_at_once() -> None:
    payload = sample.payload()
    payload["document"]["date"] = None
    payload["chapters"][0]["level"] = 0
    del payload["chapters"][1]["title"]
    assert len(validate(payload)) == 3
    with pytest.raises(PayloadError) as caught:
        render_xlsx(payload)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd", " x"]
)
def test_only_safe_addresses(href: str) -> None:
    payload = sample.payload()
    link = {"type": "link", "href": href, "text": "x"}
    payload["chapters"][0]["blocks"][0]["content"] = [sample.paragraph(link)]
    assert any("href" in problem for problem in validate(payload))


def test_rows_must_fill_the_columns() -> None:
    table = sample.goal_table()
    table["rows"][1]["cells"][0] = {"text": "Tryggt"}
    payload = sample.payload()
    payload["chapters"][1]["blocks"][1] = table
    assert any("covered by a rowspan" in problem for problem in validate(payload))
    table["rows"][1]["cells"] = table["rows"][1]["cells"][:3]
    assert any("3 cells, the table 4 columns" in problem for problem in validate(payload))
    table["rows"] = table["rows"][:1]
    assert any("below the last row" in problem for problem in validate(payload))


def test_an_origin_must_be_there() -> None:
    payload = sample.payload()
    del payload["origins"]["o3"]
    assert any("'o3' is not among" in problem for problem in validate(payload))


@pytest.mark.parametrize(
    "nonsense", [None, [], "x", 3, {}, {"schema": "uppsikt.report/1"}, {"chapters": [None]}]
)
def test_nonsense_is_refused_without_a_crash(nonsense: object) -> None:
    assert validate(nonsense)


def test_numbers_run_through_the_report_and_headings_never_jump() -> None:
    payload = sample.payload(goals=3)
    payload["chapters"][0]["blocks"].append({"kind": "heading", "level": 5, "text": "Djup rubrik"})
    before = copy.deepcopy(payload)
    ready = prepare(payload)
    assert payload == before
    tables = [b["number"] for c in ready["chapters"] for b in c["blocks"] if b["kind"] == "table"]
    charts = [b["number"] for c in ready["chapters"] for b in c["blocks"] if b["kind"] == "chart"]
    assert tables == [1, 2, 4, 5, 6]  # 3 stands in a text
    assert charts == [2, 3, 4]  # 1 is a picture in a text
    deep = next(b for b in ready["chapters"][0]["blocks"] if b["kind"] == "heading")
    assert deep["level"] == 2
    previous = 0
    for chapter in ready["chapters"]:
        for level in [chapter["level"], *(b["level"] for b in chapter["blocks"] if b["kind"] == "heading")]:
            assert level <= previous + 1
            previous = level


def test_the_title_page_says_the_decision_first_and_the_freezing_second() -> None:
    whole = sample.adopted()
    whole["adopted"] |= {
        "decision_case": "SBN-2025/118",
        "decision_body": "Samhällsbyggnadsnämnden",
        "decision_date": "2025-03-26",
        "decision_section": "41",
    }
    assert validate(sample.payload(**whole)) == []
    assert title_facts(whole)[-3:] == [
        ("Fastställd", "2025-03-26 §\u00a041 av Samhällsbyggnadsnämnden"),
        ("Ärende", "SBN-2025/118"),
        ("Fryst", "26\u00a0mars 2025 av Karin Ekdal"),
    ]
    whole["adopted"]["decision_date"] = "i mars"
    assert any("decision_date: must be a date" in problem for problem in validate(sample.payload(**whole)))


def test_an_older_payload_with_the_decision_in_words_says_what_it_said() -> None:
    facts = title_facts(sample.adopted())
    assert facts[-2:] == [
        ("Beslut", "SBN-2025/118, 2025-03-26 § 41"),
        ("Fastställd", "26\u00a0mars 2025 av Karin Ekdal"),
    ]
