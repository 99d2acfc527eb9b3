"""An evidence pack, opened without Uppsikt: whole, verifiable, of the moment, and of the auditor's mandate only."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import audit_world, build
from uppsikt.control.actions.controls import save_control, save_occasion
from uppsikt.control.actions.deficiencies import save_deficiency
from uppsikt.control.actions.evidence import add_evidence
from uppsikt.control.actions.mitigations import save_mitigation
from uppsikt.control.actions.risks import assess_risk, save_risk
from uppsikt.control.rules.words import Stage
from uppsikt.control.selectors import risks
from uppsikt.desk.actions.packing import pack, write_pack
from uppsikt.desk.selectors.areas import areas
from uppsikt.desk.selectors.room import room
from uppsikt.files import selectors as files
from uppsikt.files.rules import Sent
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM, Actor, Link
from uppsikt.kernel import clock
from uppsikt.planning.actions.goals import remove_goal
from uppsikt.planning.selectors import Goal

pytestmark = pytest.mark.django_db
AUDITOR = Actor("rev", "Rut Revisor")


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    """A risk, a goal and a recommendation each of two bodies; all is changed or removed the day after `then`."""
    settings.MEDIA_ROOT = tmp_path
    build.year()
    build.reporting_round()
    for key in ("ks", "bun"):
        body = build.body(key=key)
        build.goal(key=f"2024-{key}-mal", at=body, name=f"Mål för {key}")
        build.assignment(key=f"2024-{key}-uppdrag", at=body, title=f"Uppdrag för {key}")
        risk, _ = save_risk(
            key=f"2024-{key}-risk",
            year=2024,
            body=body,
            process="Inköp",
            title=f"Risk i {key} före",
            by=SYSTEM,
        )
        assess_risk(risk=risk, stage=Stage.BEFORE, likelihood=2, consequence=3, by=SYSTEM)
        said = audit_world.recommendation(
            key=f"r-{key}", at=key, of=audit_world.review(at=("ks", "bun")), text=f"Rekommendation till {key}"
        )
        add_evidence(file=Sent(f"bevis-{key}.txt", f"Bevis om {key}".encode()), target=said, by=SYSTEM)
    then = clock.now()
    with clock.frozen(then + dt.timedelta(days=1)):
        risk, _ = save_risk(
            key="2024-ks-risk",
            year=2024,
            body=build.body(),
            process="Inköp",
            title="Risk i ks efter",
            by=SYSTEM,
        )
        assess_risk(risk=risk, stage=Stage.BEFORE, likelihood=4, consequence=4, by=SYSTEM)
        save_risk(key="2024-ny", year=2024, body=build.body(), process="Inköp", title="Ny risk", by=SYSTEM)
        remove_goal(goal=Goal.objects.get(key="2024-ks-mal"), by=SYSTEM)
    return SimpleNamespace(then=then, later=then + dt.timedelta(days=2))


def opened(stored: files.StoredFile) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(files.content(stored)))


def take(world: SimpleNamespace, **more: Any) -> zipfile.ZipFile:
    values = {"year": 2024, "bodies": frozenset({"ks"}), "moment": world.then, "scope": "KS"} | more
    return opened(pack(by=AUDITOR, **values))


def test_the_hashes_verify_and_every_link_is_there(world: SimpleNamespace) -> None:
    archive = take(world)
    names = set(archive.namelist())
    sums = [line.split("  ", 1) for line in archive.read("SHA256SUMS").decode().splitlines()]
    assert {name for _digest, name in sums} == names - {"SHA256SUMS"}
    for digest, name in sums:
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    index = archive.read("index.html").decode()
    links = re.findall(r'href="([^"]+)"', index)
    assert {link for link in links if not link.startswith("#")} <= names
    assert {link[1:] for link in links if link.startswith("#")} <= set(re.findall(r'id="([^"]+)"', index))
    assert not re.search(r"(https?:)?//", index)


def test_it_holds_what_stood_then_and_not_what_came_later(world: SimpleNamespace) -> None:
    before, after = take(world), take(world, moment=world.later)
    risks = json.loads(before.read("data/risks.json"))
    assert [(row["title"], row["before"].split()[0]) for row in risks] == [("Risk i ks före", "6")]
    assert [row["name"] for row in json.loads(before.read("data/goals.json"))] == ["Mål för ks"]
    later = json.loads(after.read("data/risks.json"))
    assert [row["title"] for row in later] == ["Risk i ks efter", "Ny risk"]
    assert json.loads(after.read("data/goals.json")) == []


def test_nothing_of_another_body_is_in_it(world: SimpleNamespace) -> None:
    archive = take(world)
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    for told in (
        "Risk i bun",
        "Rekommendation till bun",
        "Mål för bun",
        "Uppdrag för bun",
        "Bevis om bun",
        "bevis-bun",
    ):
        assert told not in whole
    assert "Rekommendation till ks" in whole
    assert "Bevis om ks" in whole
    both = take(world, bodies=None, scope="Hela kommunen")
    assert len(json.loads(both.read("data/risks.json"))) == 2


def test_each_event_can_be_checked_by_the_instructions(world: SimpleNamespace) -> None:
    for row in json.loads(take(world).read("history/events.json")):
        canonical = json.dumps(row["data"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(canonical.encode()).hexdigest() == row["data_digest"]
        names = ("sequence", "at", "actor_key", "kind", "subject", "body_key", "data_digest", "previous_hash")
        told = json.dumps([row[name] for name in names], separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(told.encode()).hexdigest() == row["hash"]
        assert row["body_key"] == "ks"
    assert Link.__dataclass_fields__.keys() == set(names)


def test_the_same_moment_gives_the_same_pack_apart_from_when_it_was_made(world: SimpleNamespace) -> None:
    def written() -> dict[str, bytes]:
        target = io.BytesIO()
        write_pack(
            target=target, year=2024, bodies=frozenset({"ks"}), moment=world.then, scope="KS", made_by="Rut"
        )
        archive = zipfile.ZipFile(target)
        return {name: archive.read(name) for name in archive.namelist()}

    first = written()
    with clock.frozen(world.later):
        save_risk(key="2024-sen", year=2024, body=build.body(), process="Inköp", title="Sen", by=SYSTEM)
        second = written()
    assert {name for name in first if first[name] != second[name]} == {
        "index.html",
        "README.txt",
        "SHA256SUMS",
    }


def test_taking_it_out_stands_in_the_history(world: SimpleNamespace) -> None:
    stored = pack(year=2024, bodies=frozenset({"ks"}), moment=world.then, scope="KS", by=AUDITOR)
    event = history.about(f"pack:{stored.digest}").get()
    assert (event.kind, event.body_key, event.actor_name) == ("evidence.packed", "ks", "Rut Revisor")


def test_the_room_asks_no_more_when_there_is_more(world: SimpleNamespace, count_queries: Any) -> None:
    def read() -> None:
        areas(room(2024, frozenset({"ks"}), world.then))

    read()
    few = count_queries(read)
    with clock.frozen(world.then - dt.timedelta(hours=1)):
        for number in range(8):
            build.goal(key=f"2024-fler-{number}", name=f"Mål {number}")
            build.assignment(key=f"2024-uppdrag-{number}", title=f"Uppdrag {number}")
            save_risk(key=f"risk-{number}", year=2024, body=build.body(), process="P", title="R", by=SYSTEM)
            audit_world.recommendation(key=f"q{number}", of=audit_world.review(at=("ks", "bun")))
    assert count_queries(read) == few


def test_without_a_steering_model_there_is_still_a_room() -> None:
    build.body()
    found = room(2031, None)
    assert found.model is None
    assert [area.key for area in areas(found)][:2] == ["goals", "assignments"]


def test_everything_that_is_written_over_is_read_back(world: SimpleNamespace) -> None:
    """Words, deadlines and responsible of controls, mitigations, deficiencies and assignments, as they were."""
    ks, early = build.body(), world.then - dt.timedelta(days=3)
    eva = build.person(key="eva", name="Eva Ek")

    def write(when: dt.datetime, word: str, who: Any, day: dt.date) -> None:
        with clock.frozen(when):
            risk = risks.by_key("2024-ks-risk")
            assert risk is not None
            build.assignment(key="2024-a", title=f"Uppdrag {word}", responsible=who, deadline=day)
            save_mitigation(
                key="2024-m",
                year=2024,
                body=ks,
                title=f"Åtgärd {word}",
                risk=risk,
                responsible=who,
                deadline=day,
                by=SYSTEM,
            )
            control, _ = save_control(
                key="2024-c",
                year=2024,
                body=ks,
                name=f"Kontroll {word}",
                frequency=word and "month",
                by=SYSTEM,
            )
            occasion, _ = save_occasion(control=control, period="2024-03", period_text=word, by=SYSTEM)
            save_deficiency(
                key="2024-d",
                occasion=occasion,
                title=f"Brist {word}",
                found_on=dt.date(2024, 4, 1),
                by=SYSTEM,
            )

    write(early, "först", eva, dt.date(2024, 5, 1))
    write(world.then + dt.timedelta(hours=1), "sedan", None, dt.date(2024, 6, 1))
    found = {area.key: list(area.objects()) for area in areas(room(2024, frozenset({"ks"}), world.then))}
    now = {area.key: list(area.objects()) for area in areas(room(2024, frozenset({"ks"})))}
    task = next(row for row in found["assignments"] if row["subject"] == "assignment:2024-a")
    assert (task["title"], task["responsible"], task["deadline"]) == ("Uppdrag först", "Eva Ek", "2024-05-01")
    action = next(row for row in found["mitigations"] if row["subject"] == "mitigation:2024-m")
    assert (action["title"], action["responsible"], action["deadline"]) == (
        "Åtgärd först",
        "Eva Ek",
        "2024-05-01",
    )
    assert [row["name"] for row in found["controls"]] == ["Kontroll först"]
    assert [row["title"] for row in found["deficiencies"]] == ["Brist först"]
    assert [row["name"] for row in now["controls"]] == ["Kontroll sedan"]
    assert (
        next(row for row in now["mitigations"] if row["subject"] == "mitigation:2024-m")["responsible"] == ""
    )
