"""Libraries of risks and controls as documents."""

from __future__ import annotations

import pytest
import yaml

from uppsikt.control.rules.library import FORMAT, document_of, parse, read, written

SMALL = {
    "format": FORMAT,
    "name": "Litet",
    "steps": 4,
    "risks": [
        {
            "key": "lon", "process": "Lön", "title": "Fel lön", "suggested_likelihood": 3, "suggested_consequence": 4,
            "mitigations": [{"title": "Utbilda"}],
        }
    ],
    "controls": [
        {
            "key": "lista", "name": "Listan granskas", "frequency": "payroll", "risk": "lon",
            "measures": [{"key": "andel", "label": "Andel", "kind": "sample", "approved_from": 95}],
        }
    ],
}  # fmt: skip


def test_a_library_is_written_as_it_was_read() -> None:
    found, problems = parse(SMALL)
    assert problems == []
    assert found is not None
    assert document_of(found) == SMALL
    again, _problems = read(written(found).encode())
    assert again == found


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = {
        "format": FORMAT, "name": "Fel",
        "risks": [
            {"key": "a", "process": "Lön", "title": " "},
            {"key": "a", "process": "Lön", "title": "Två", "suggested_likelihood": 3, "mitigations": [{"titel": "x"}]},
        ],
        "controls": [
            {
                "key": "k", "name": "Kontroll", "frequency": "ibland", "risk": "okänd",
                "measures": [{"key": "m", "label": "M", "kind": "gissning", "approved_from": 120}],
            }
        ],
    }  # fmt: skip
    found, problems = parse(wrong)
    assert found is None
    said = "\n".join(map(str, problems))
    for word in (
        "title",
        "flera gånger",
        "suggested_likelihood",
        "titel",
        "ibland",
        "okänd",
        "approved_from",
    ):
        assert word in said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "format"),
        (b"- en lista", "format"),
        (b"format: annat", "format"),
        (b"name: [", "yaml"),
        ("namn: gr\u00f6n".encode("latin-1"), "encoding"),
        (b"x" * 1_000_001, "size"),
        (b"a: &a [1]\nb: *a", "yaml"),
        (b"a: !!python/object/apply:os.system ['true']", "yaml"),
        (b"[" * 5000, "yaml"),
    ],
)
def test_what_is_no_library_is_refused(content: bytes, code: str) -> None:
    found, problems = read(content)
    assert found is None
    assert code in [problem.code for problem in problems]


def test_no_alias_makes_a_small_file_large() -> None:
    bomb = "a: &a [x,x]\n" + "".join(
        f"{name}: &{name} [*{before},*{before}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    assert read(bomb.encode())[0] is None
    assert yaml.safe_load("a: 1") == {"a": 1}


def test_what_does_not_fit_is_said_before_anything_is_taken() -> None:
    wrong = SMALL | {
        "risks": [{"key": "r", "process": "p" * 201, "title": "T"}],
        "controls": [
            {
                "key": "k", "name": "N",
                "measures": [
                    {"key": "två ord", "label": "A", "kind": "sample"},
                    {"key": "b", "label": "B", "kind": "share", "unit_text": "u" * 101},
                    {"key": "b", "label": "C", "kind": "share"},
                ],
            }
        ],
    }  # fmt: skip
    found, problems = parse(wrong)
    assert found is None
    said = " ".join(map(str, problems))
    for part in (
        "fler än 200",
        "”två ord” kan inte vara ett måtts nyckel",
        "fler än 100",
        "controls[0].measures.key",
    ):
        assert part in said
