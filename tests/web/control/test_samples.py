"""Drawing a sample and judging it row by row, as one who makes the control does."""

from __future__ import annotations

import csv
import html
import io
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import build
from tests.samples_world import CLERK, INVOICES, control_world, draw, judge, workbook
from uppsikt.control.actions import samples as actions
from uppsikt.control.selectors import ResultPart, SampleDraw, SampleItem, SampleVerdict
from uppsikt.control.selectors import samples as reading
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
EVIL = '"=HYPERLINK(""http://ond.example"")"'


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world() -> SimpleNamespace:
    return control_world()


@pytest.fixture
def reporter(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(key="rut", name="Rut Rapportör", role=Role.REPORTER, at=world.body))
    return client


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def send(
    client: Client, world: SimpleNamespace, content: bytes, name: str = "fakturor.csv", **more: Any
) -> Any:
    file = SimpleUploadedFile(name, content)
    address = reverse("control:sample_new", args=[world.occasion.pk])
    return client.post(address, {"file": file, "size": "5", "measure": "ratt", "seed": "host-2025"} | more)


def address(found: SampleDraw, row: int) -> str:
    return reverse("control:sample_judge", args=[found.pk, row])


def first_item(found: SampleDraw) -> SampleItem:
    return reading.judged_items(found)[0].item


def test_a_list_is_sent_in_and_the_drawn_rows_are_shown(reporter: Client, world: SimpleNamespace) -> None:
    answer = send(reporter, world, INVOICES.encode())
    found = SampleDraw.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("control:sample", args=[found.pk])
    page = reporter.get(answer["Location"])
    told = words(page)
    for item in SampleItem.objects.all():
        assert f"Rad {item.row} Faktura {item.values[0]} Leverantör {item.values[1]}" in told
    assert "0 av 5" in told
    assert "Frö host-2025" in told
    assert found.file.digest in told
    assert "seed, rows, size = 'host-2025', 40, 5" in told


def test_without_a_seed_one_is_made_and_shown(reporter: Client, world: SimpleNamespace) -> None:
    send(reporter, world, INVOICES.encode(), seed="")
    found = SampleDraw.objects.get()
    assert f"Frö {found.seed}" in words(reporter.get(reverse("control:sample", args=[found.pk])))


@pytest.mark.parametrize(
    ("content", "name", "more", "said"),
    [
        (b"a;b\n1;2\n1;2;3\n", "l.csv", {}, "Raden har 3 fält men rubrikerna är 2."),
        (b"", "l.csv", {}, "Filen är tom."),
        (b"%PDF-1.7", "l.xlsx", {}, "Filen är en PDF."),
        (b"<html><script>alert(1)</script>", "l.xlsx", {}, "Filen är en HTML-fil."),
        (INVOICES.encode(), "l.csv", {"size": "41"}, "Listan har 40 rader. Skriv ett antal mellan 1 och 40."),
        (INVOICES.encode(), "l.csv", {"size": "0"}, "större än eller lika med 1"),
        (INVOICES.encode(), "l.csv", {"size": ""}, "måste fyllas i"),
        (workbook({(0, 0): "a", (1_048_575, 16_383): 1}), "l.xlsx", {}, "celler ända till rad 1048576"),
    ],
)
def test_what_is_no_list_comes_back_with_what_to_do(
    reporter: Client, world: SimpleNamespace, content: bytes, name: str, more: dict[str, str], said: str
) -> None:
    answer = send(reporter, world, content, name, **more)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not SampleDraw.objects.exists()


def test_a_fault_says_its_row(reporter: Client, world: SimpleNamespace) -> None:
    told = words(send(reporter, world, b"a\n1\n1;2\n1\n1;2;3\n", "l.csv"))
    assert "l.csv, rad 3:" in told
    assert "l.csv, rad 5:" in told


def test_a_list_s_cells_are_only_text(reporter: Client, world: SimpleNamespace) -> None:
    content = f'<b>a</b>;"x"\n<script>alert(1)</script>;{EVIL}\n'.encode()
    send(reporter, world, content, '"><script>.csv', size="1")
    found = SampleDraw.objects.get()
    page = reporter.get(reverse("control:sample", args=[found.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<b>a</b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_row_is_saved_at_once_and_the_counts_follow(reporter: Client, world: SimpleNamespace) -> None:
    found = draw(world)
    item = first_item(found)
    answer = reporter.post(
        address(found, item.row),
        {"verdict": "faulty", "other": "fel moms, fel datum", "comment": "6 %", "version": ""},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    verdict = SampleVerdict.objects.get()
    assert (verdict.faulty, verdict.faults, verdict.comment) == (True, ["fel moms", "fel datum"], "6 %")
    told = words(answer)
    assert "1 av 5" in told
    assert "1 fel av 1 granskade." in told
    assert "Sparat av Rut Rapportör" in told
    assert f'name="version" value="{verdict.pk}"' in answer.content.decode()
    assert "<main" not in answer.content.decode()


def test_without_script_the_row_is_saved_and_shown_again(reporter: Client, world: SimpleNamespace) -> None:
    found = draw(world)
    item = first_item(found)
    answer = reporter.post(address(found, item.row) + "?only=left", {"verdict": "right", "version": ""})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/?only=left#rad-{item.row}")
    assert not SampleVerdict.objects.get().faulty


@pytest.mark.parametrize("partial", [True, False])
def test_a_row_without_verdict_is_not_saved_and_keeps_what_was_written(
    reporter: Client, world: SimpleNamespace, partial: bool
) -> None:
    found = draw(world)
    item = first_item(found)
    headers = {"HX-Request": "true"} if partial else {}
    answer = reporter.post(address(found, item.row), {"comment": "<i>hm</i>", "version": ""}, headers=headers)
    assert answer.status_code == 422
    assert "Välj rätt eller fel." in words(answer)
    assert partial or 'value="&lt;i&gt;hm&lt;/i&gt;"' in answer.content.decode()
    assert not SampleVerdict.objects.exists()


def test_two_who_judge_the_same_row_are_told(reporter: Client, world: SimpleNamespace) -> None:
    found = draw(world)
    item = first_item(found)
    judge(item, "fel moms")
    sent = {"verdict": "right", "version": "", "comment": "Ser rätt ut"}
    answer = reporter.post(address(found, item.row), sent, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "Lo Handläggare hann före och fann: Fel (fel moms)." in words(answer)
    assert SampleVerdict.objects.get().faulty
    whole = reporter.post(address(found, item.row), sent)
    assert whole.status_code == 409
    assert 'value="Ser rätt ut"' in whole.content.decode()
    version = SampleVerdict.objects.get().pk
    again = reporter.post(address(found, item.row), sent | {"version": str(version)})
    assert again.status_code == 302
    assert not SampleVerdict.objects.all().current().get().faulty


def test_the_finished_sample_is_put_into_the_result(reporter: Client, world: SimpleNamespace) -> None:
    found = draw(world, size=2)
    page = reverse("control:sample", args=[found.pk])
    assert "För in i resultatet" not in words(reporter.get(page))
    for one in reading.judged_items(found):
        judge(one.item)
    assert "För in i resultatet" in words(reporter.get(page))
    answer = reporter.post(reverse("control:sample_fill", args=[found.pk]))
    assert answer["Location"] == reverse("control:occasion", args=[world.occasion.pk])
    part = ResultPart.objects.get()
    assert (part.checked, part.faulty) == (2, 0)
    assert "Antalen står i kontrollens resultat." in words(reporter.get(page))


def test_filling_in_too_early_says_why(reporter: Client, world: SimpleNamespace) -> None:
    found = draw(world)
    answer = reporter.post(reverse("control:sample_fill", args=[found.pk]), follow=True)
    assert "Granska alla dragna rader först." in words(answer)
    assert not ResultPart.objects.exists()


def test_only_what_is_left_is_shown_when_asked_for(reporter: Client, world: SimpleNamespace) -> None:
    found = draw(world, size=3)
    one, two, three = (each.item for each in reading.judged_items(found))
    judge(one)
    judge(two, "moms")
    page = reverse("control:sample", args=[found.pk])

    def shown(only: str) -> list[str]:
        return re.findall(r'id="rad-(\d+)"', reporter.get(f"{page}?only={only}").content.decode())

    assert shown("left") == [str(three.row)]
    assert shown("faulty") == [str(two.row)]
    assert shown("right") == [str(one.row)]
    assert len(shown("")) == 3


def test_the_downloads_hold_what_was_found_and_no_formula(reporter: Client, world: SimpleNamespace) -> None:
    content = f"Namn;Belopp\n{EVIL};-12,50\n".encode()
    send(reporter, world, content, size="1")
    found = SampleDraw.objects.get()
    judge(first_item(found), "@moms", comment="+46 70")
    text = reporter.get(reverse("control:sample_csv", args=[found.pk])).content.decode("utf-8-sig")
    headings, row = csv.reader(io.StringIO(text), delimiter=";")
    assert headings[:3] == ["Rad", "Namn", "Belopp"]
    assert row[:6] == ["1", '\'=HYPERLINK("http://ond.example")', "-12,50", "Fel", "'@moms", "'+46 70"]
    answer = reporter.get(reverse("control:sample_workbook", args=[found.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="stickprov-{found.pk}.xlsx"'
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    cells = book.get_sheet_by_name("Stickprov").to_python()
    assert cells[1][:5] == [1.0, '=HYPERLINK("http://ond.example")', "-12,50", "Fel", "@moms"]
    assert b"<f>" not in answer.content
    drawing = {str(label): text for label, text in book.get_sheet_by_name("Dragningen").to_python()}
    assert drawing["Listans SHA-256"] == found.file.digest
    assert drawing["Frö"] == "host-2025"


def test_the_whole_list_is_handed_out_as_it_came_in(reporter: Client, world: SimpleNamespace) -> None:
    found = draw(world)
    answer = reporter.get(reverse("control:sample_list", args=[found.pk]))
    assert answer.content == INVOICES.encode()
    assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("role", "sees", "judges"),
    [
        (Role.REPORTER, True, True),
        (Role.CONTROLLER, True, True),
        (Role.AUDITOR, True, False),
        (Role.READER, False, False),
        (Role.REPRESENTATIVE, False, False),
    ],
)
def test_a_list_may_hold_personal_data_so_few_see_it(
    client: Client, world: SimpleNamespace, role: Role, sees: bool, judges: bool
) -> None:
    found = draw(world)
    item = first_item(found)
    client.force_login(build.person(role=role, at=world.body))
    for name in ("sample", "sample_list", "sample_workbook", "sample_csv"):
        assert client.get(reverse(f"control:{name}", args=[found.pk])).status_code == (200 if sees else 403)
    answer = client.post(address(found, item.row), {"verdict": "right", "version": ""})
    assert answer.status_code == (302 if judges else 403)


def test_another_body_s_sample_is_not_there(client: Client, world: SimpleNamespace) -> None:
    found = draw(world)
    client.force_login(build.person(role=Role.CONTROLLER, at=world.other))
    assert client.get(reverse("control:sample", args=[found.pk])).status_code == 404
    assert client.get(reverse("control:sample_new", args=[world.occasion.pk])).status_code == 404


def test_the_auditor_judges_the_auditor_s_own_draw(client: Client, world: SimpleNamespace) -> None:
    from tests.samples_world import invoices

    found = actions.draw_sample(body=world.body, file=invoices(), size=1, by=CLERK)
    item = first_item(found)
    client.force_login(build.person(key="rev", role=Role.AUDITOR, at=world.body))
    assert client.get(reverse("control:sample", args=[found.pk])).status_code == 200
    assert client.post(address(found, item.row), {"verdict": "right", "version": ""}).status_code == 302
    client.force_login(build.person(key="co", role=Role.CONTROLLER, at=world.body))
    assert client.post(address(found, item.row), {"verdict": "right", "version": ""}).status_code == 403


def test_taking_out_and_putting_back(reporter: Client, world: SimpleNamespace) -> None:
    found = draw(world)
    page = reverse("control:sample", args=[found.pk])
    reporter.post(reverse("control:sample_remove", args=[found.pk]))
    assert "Borttaget" in words(reporter.get(page))
    assert 'name="verdict"' not in reporter.get(page).content.decode()
    again = draw(world, seed="en annan")
    assert "Andra dragningar ur samma lista" in words(
        reporter.get(reverse("control:sample", args=[again.pk]))
    )
    reporter.post(reverse("control:sample_restore", args=[found.pk]))
    found.refresh_from_db()
    assert found.removed_at is None


def test_two_hundred_rows_take_no_more_queries_than_five(
    reporter: Client, world: SimpleNamespace, count_queries: Any
) -> None:
    text = "a\n" + "".join(f"{n}\n" for n in range(300))
    send(reporter, world, text.encode(), size="5")
    send(reporter, world, text.encode(), size="200", seed="b")
    large, small = SampleDraw.objects.order_by("-size")
    few = count_queries(lambda: reporter.get(reverse("control:sample", args=[small.pk])))
    many = count_queries(lambda: reporter.get(reverse("control:sample", args=[large.pk])))
    assert many == few
