"""What is written out comes in unchanged: nothing is lost, and nothing is changed by coming in twice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.exchange.reading import BY, PRESET_C, emptied, reading
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.actions import save_model
from uppsikt.cycle.presets import preset
from uppsikt.demo.selectors import DATA
from uppsikt.exchange import exporting
from uppsikt.exchange.actions import import_dataset
from uppsikt.history import selectors as history
from uppsikt.kernel.period import parse_period
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors as planning
from uppsikt.planning.actions import indicators
from uppsikt.reports import selectors as reports
from uppsikt.reports.actions.reports import save_outline
from uppsikt.texts import selectors as texts
from uppsikt.texts.actions import ANY_VERSION, save_text


def test_importing_again_changes_nothing(demo_economy: None) -> None:
    before = history.recent().count()
    result = import_dataset(DATA, by=BY)
    assert (result.problems, result.rows_changed) == ((), 0)
    assert result.rows_unchanged > 800
    assert history.recent().count() == before


@pytest.mark.parametrize("form", ["folder", "workbook"])
def test_out_and_in_gives_the_same_bytes(demo_economy: None, tmp_path: Path, form: str) -> None:
    _make_it_difficult()
    target = tmp_path / ("ut.xlsx" if form == "workbook" else "ut")
    exporting.export_dataset(target)
    files, book = exporting.files(), exporting.workbook()
    assert import_dataset(target, by=BY).rows_changed == 0
    emptied()
    assert organisation.municipality() is None
    result = import_dataset(target, by=BY)
    assert result.problems == ()
    assert exporting.files() == files
    assert exporting.workbook() == book


def _make_it_difficult() -> None:
    """What hand-written data seldom have: a steering model of one's own, a figure revised in later rounds,
    texts with signs that mean something, a comment without a status.
    """
    document = preset("malomrade-2024")
    document["name"] = "Egen: modell, med #tecken och 1.10"
    document["words"]["goal"] = "- mål"
    save_model(year=2025, document=document, by=BY)
    indicator = planning.indicators().get(key="oro-brottslighet")
    body = organisation.body("ks")
    for round_key, value in (("2024-augusti", "40.00"), ("2024-bokslut", "55"), ("2024-augusti", "41.50")):
        indicators.record_observation(
            indicator=indicator,
            period=parse_period("2024"),
            value=Decimal(value),
            body=body,
            round_=cycle.round_by_key(round_key),
            footnote='= inte en formel, "citat" och\nny rad',
            by=BY,
            importing=True,
        )
    report = reports.report("2024-bokslut-ks")
    assert report is not None
    chapters = reports.outline(report, cycle.model_for(2024)).document
    chapters[0]["title"] = "Egen rubrik"
    save_outline(report=report, chapters=chapters, hidden=[chapters[1]["key"]], by=BY)
    goal = planning.goals().get(key="2024-trygghet-delaktighet")
    slot = f"goal:{goal.key}:2024-bokslut:ks:work_done"
    save_text(
        slot=slot,
        label="x",
        content=[
            {"type": "paragraph", "children": [{"type": "text", "text": "- inte en lista, 1. *", "marks": []}]},
            {"type": "quote", "children": [
                {"type": "paragraph", "children": [{"type": "text", "text": "a | b", "marks": ["bold"]}]}
            ]},
        ],
        base_number=ANY_VERSION,
        by=BY,
    )  # fmt: skip


def test_a_revised_outcome_keeps_what_earlier_rounds_saw(demo_economy: None, tmp_path: Path) -> None:
    _make_it_difficult()
    seen = [_safety(key) for key in ("2024-augusti", "2024-bokslut", "2025-augusti")]
    assert seen == ["41.50", "55", "55"]
    exporting.export_dataset(tmp_path / "ut")
    emptied()
    import_dataset(tmp_path / "ut", by=BY)
    assert [_safety(key) for key in ("2024-augusti", "2024-bokslut", "2025-augusti")] == seen


def _safety(round_key: str) -> str:
    year = round_key[:4]
    view = reading(round_key).indicator(f"{year}-oro-brottslighet")
    assert view is not None
    figure = view.figure("2024")
    return str(figure.value) if figure else ""


def test_a_correction_of_an_earlier_round_does_not_hide_the_later(demo_economy: None, tmp_path: Path) -> None:
    (tmp_path / "observations.csv").write_text(
        "indicator,body,period,value,status,round\noro-brottslighet,ks,2024,50,value,2024-augusti\n",
        encoding="utf-8",
    )
    assert _safety("2024-bokslut") == "55"
    result = import_dataset(tmp_path, by=BY)
    assert result.rows_changed == 1
    assert [_safety("2024-augusti"), _safety("2024-bokslut")] == ["50", "55"]
    assert import_dataset(tmp_path, by=BY).rows_changed == 0


@pytest.mark.django_db
def test_a_small_municipality_of_another_model(tmp_path: Path) -> None:
    assert import_dataset(PRESET_C, by=BY).problems == ()
    first = exporting.files()
    view = reading("2025-ar", "tn")
    assert {goal.goal.number for goal in view.goals} == {"1", "1.1", "1.2", "4", "4.1"}
    found = planning.status(view)
    assert found["goals"] == {"total": 3, "by_step": {"Uppnått": 1, "På väg": 2}}
    assert found["assignments"] == {
        "total": 5, "carried_over": 0, "by_status": {"Återrapporterat": 3, "Pågår": 1, "Försenat": 1}
    }  # fmt: skip
    assert found["indicators"] == {
        "total": 7, "met": 0, "not_met": 0, "not_judged": 7, "reported_met": 0
    }  # fmt: skip
    lighting = view.indicator("2025-belysning-lagad")
    assert lighting is not None
    assert [lighting.target_for("final") and lighting.target_for("final").text, lighting.judgement.code] == [
        "95",
        "not_due",
    ]  # type: ignore[union-attr]
    council = texts.contents(["goal:2025-kf-1:2025-ar:tn:council_comment"])
    assert len(council) == 1
    assert reports.reports().count() == 2
    assert import_dataset(PRESET_C, by=BY).rows_changed == 0
    assert exporting.files() == first


def test_dry_run_changes_nothing(demo_economy: None, tmp_path: Path) -> None:
    before, files = history.recent().count(), exporting.files()
    (tmp_path / "goals.yaml").write_text(
        "- {key: 2025-nytt, year: 2025, body: ks, level: committee_goal, name: Nytt mål}\n"
        "- {key: 2025-foretagsklimat, year: 2025, body: ks, level: committee_goal, name: Bättre klimat,"
        " parent: 2025-kf-arbete-foretagsamhet}\n",
        encoding="utf-8",
    )
    result = import_dataset(tmp_path, by=BY, dry_run=True)
    (goals,) = result.changes
    assert (goals.new, goals.changed) == (1, 1)
    changed = next(row for row in goals.rows if row.fields)
    assert ("Namn", "Bättre klimat") in [(one.name, one.after) for one in changed.fields]
    assert (history.recent().count(), exporting.files()) == (before, files)


def test_what_is_not_mentioned_stays(demo_economy: None, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "key;name;email\ncontroller;Malin Ny-Namn;controller@demo.example\n", encoding="utf-8-sig"
    )
    result = import_dataset(tmp_path, by=BY)
    assert result.problems == ()
    (people,) = result.changes
    assert [one.name for one in people.rows[0].fields] == ["Namn"]  # the title has no column and stays
    assert planning.goals().count() == 92


def test_the_import_is_told_once_in_the_history(demo_economy: None, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("key,name,email\nny,Ny Person,ny@demo.example\n", encoding="utf-8")
    import_dataset(tmp_path, by=BY)
    assert [event.kind for event in history.recent()[:2]] == ["dataset.imported", "user.saved"]
    assert history.broken_at() is None


def test_a_folder_with_other_things_is_not_written_over(demo_economy: None, tmp_path: Path) -> None:
    (tmp_path / "goals-2024.yaml").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError):
        exporting.export_dataset(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["goals-2024.yaml"]


def test_an_earlier_export_is_replaced(demo_economy: None, tmp_path: Path) -> None:
    exporting.export_dataset(tmp_path / "ut")
    (tmp_path / "ut" / "goals-old.yaml").write_text("[]", encoding="utf-8")
    exporting.export_dataset(tmp_path / "ut")
    assert not (tmp_path / "ut" / "goals-old.yaml").exists()
    assert import_dataset(tmp_path / "ut", by=BY).rows_changed == 0


def test_a_template_is_an_empty_dataset() -> None:
    """Its headings are read without complaint; there is only nothing in it."""
    from uppsikt.exchange.rules.reading import read

    dataset = read(("mall.xlsx", exporting.template()))
    assert [problem.code for problem in dataset.faults.problems] == ["empty"]
