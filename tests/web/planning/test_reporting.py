"""Pages of reporting: parts saved one by one or all at once, rules asked, conflicts shown, nothing lost."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from uppsikt.accounts import selectors as accounts
from uppsikt.cycle import actions as cycle
from uppsikt.cycle import selectors as rounds
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.history.rules import SYSTEM
from uppsikt.planning import selectors
from uppsikt.texts import selectors as texts

pytestmark = pytest.mark.django_db
ROUND = "2025-augusti"
GOAL = f"/rounds/{ROUND}/goals/2025-klimatpaverkan/"
STATUS = "status-2025-laddinfrastruktur"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_(demo_database: None):
    def sign_in(key: str) -> Client:
        person, client = accounts.by_key(key), Client()
        assert person is not None
        client.force_login(person)
        return client

    return sign_in


def fields(client: Client, url: str = GOAL) -> dict[str, str]:
    """Everything a browser without JavaScript would send from the page."""
    html = client.get(url).content.decode()
    form = html[html.index('class="report"') : html.index("</main>")]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="(\w+)"', tag)
        if name and (kind is None or kind[1] not in ("radio", "checkbox") or " checked" in tag):
            found[name[1]] = value[1] if value else ("on" if kind and kind[1] == "checkbox" else "")
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = inner.strip()
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        found[name] = chosen[1] if chosen else ""
    return found


def status_of(key: str = "2025-laddinfrastruktur") -> tuple[str, str] | None:
    round_ = rounds.round_by_key(ROUND)
    view = selectors.snapshot(year=2025, round_=round_)
    row = next(row for row in view.assignments if row.assignment.item.key == key)
    return (row.entry.status, row.entry.comment) if row.entry else None


def observed(key: str) -> object:
    view = selectors.snapshot(year=2025, round_=rounds.round_by_key(ROUND))
    found = view.indicator(key)
    assert found is not None
    figure = found.figure("2025")
    return figure.value if figure else None


def test_opening_and_sending_a_page_unchanged_changes_nothing(as_) -> None:
    from uppsikt.history.selectors import last_sequence

    client = as_("controller")
    before = last_sequence()
    answer = client.post(GOAL, fields(client), follow=True)
    assert "Inget var ändrat." in answer.content.decode()
    assert last_sequence() == before


def test_one_button_saves_everything_without_javascript(as_) -> None:
    client = as_("reporter-miljo")
    sent = fields(client) | {
        f"{STATUS}-status": "on_track",
        f"{STATUS}-comment": "Utredningen är klar till hösten.",
        "outcome-2025-fordon-fornyelsebart-2025-value": "71,5",
        "text-work_done-content": "Vi har bytt ut elva bilar.",
    }
    assert client.post(GOAL, sent).status_code == 302
    assert status_of() == ("on_track", "Utredningen är klar till hösten.")
    assert str(observed("2025-fordon-fornyelsebart")) == "71.5"
    text = texts.current(f"goal:2025-klimatpaverkan:{ROUND}:ks:work_done")
    assert text is not None
    assert "elva bilar" in str(text.content)


def test_a_fault_holds_back_only_its_own_part(as_) -> None:
    client = as_("reporter-miljo")
    sent = fields(client) | {
        f"{STATUS}-status": "done",
        "outcome-2025-fordon-fornyelsebart-2025-value": "sjuttio",
        "judgement-2025-fordon-fornyelsebart-reported": "met",
    }
    answer = client.post(GOAL, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "”sjuttio” är inget tal" in page
    assert "Fordon med förnyelsebara drivmedel i fordonsflottan (%), Utfall" in page
    assert "Skriv varför bedömningen avviker" in page
    assert 'value="sjuttio"' in page
    assert status_of() == ("done", "")


def test_a_departure_with_its_reason_is_saved(as_) -> None:
    client = as_("reporter-miljo")
    sent = fields(client) | {
        "judgement-2025-fordon-fornyelsebart-reported": "met",
        "judgement-2025-fordon-fornyelsebart-reason": "Beställda bilar är inte levererade än.",
    }
    assert client.post(GOAL, sent).status_code == 302
    view = selectors.snapshot(year=2025, round_=rounds.round_by_key(ROUND)).indicator(
        "2025-fordon-fornyelsebart"
    )
    assert view is not None
    assert view.disagrees


def test_htmx_saves_one_part_and_leaves_the_fields_alone(as_) -> None:
    client = as_("reporter-miljo")
    sent = fields(client) | {
        f"{STATUS}-status": "likely",
        "part": STATUS,
        "text-work_done-content": "Halvfärdigt",
    }
    answer = client.post(GOAL, sent, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'hx-swap-oob="innerHTML:#{STATUS}-state"' in page
    assert "Sparat i dag" in page
    assert "<textarea" not in page
    assert status_of() == ("likely", "")
    assert texts.current(f"goal:2025-klimatpaverkan:{ROUND}:ks:work_done") is None


def test_an_outcome_changes_what_the_rule_says_and_proposes(as_) -> None:
    client = as_("controller")
    key = "outcome-2025-fordon-fornyelsebart-2025"
    answer = client.post(GOAL, fields(client) | {f"{key}-value": "90", "part": key}, headers=HTMX)
    page = answer.content.decode()
    assert 'id="verdict-2025-fordon-fornyelsebart"' in page
    verdict = page[page.index('id="verdict-2025-fordon-fornyelsebart"') :].partition("</p>")[0]
    assert "Uppnått" in verdict
    assert "90" in verdict
    assert 'id="proposal"' in page
    hints = re.findall(r'innerHTML:#assessment-2025-klimatpaverkan-step-(\w+)-hint">([^<]*)<', page)
    assert [key for key, words in hints if words] == ["very_high"]
    assert len(hints) == 4


def test_two_people_are_shown_both_versions_and_choose(as_) -> None:
    one, other = as_("controller"), as_("reporter-miljo")
    mine, theirs = fields(one), fields(other)
    other.post(GOAL, theirs | {f"{STATUS}-status": "done", f"{STATUS}-comment": "Klart i juni."})
    answer = one.post(GOAL, mine | {f"{STATUS}-status": "not_done", f"{STATUS}-comment": "Har stannat av."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Klart" in page
    assert "Har stannat av." in page
    assert status_of() == ("done", "Klart i juni.")
    again = {**mine, f"{STATUS}-status": "not_done", f"{STATUS}-comment": "Har stannat av."}
    assert one.post(GOAL, again | {"choose": f"{STATUS}:mine"}).status_code == 302
    assert status_of() == ("not_done", "Har stannat av.")


def test_what_one_has_not_touched_is_no_conflict(as_) -> None:
    one, other = as_("controller"), as_("reporter-miljo")
    mine = fields(one)
    other.post(GOAL, fields(other) | {f"{STATUS}-status": "done"})
    assert one.post(GOAL, mine | {"text-work_done-content": "Annat."}).status_code == 302
    assert status_of() == ("done", "")


def test_two_texts_are_shown_beside_each_other(as_) -> None:
    one, other = as_("controller"), as_("reporter-miljo")
    mine, theirs = fields(one), fields(other)
    other.post(GOAL, theirs | {"text-work_done-content": "Deras text."})
    answer = one.post(GOAL, mine | {"text-work_done-content": "Min text."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r"<del>Deras</del>", page)
    assert re.search(r"<ins>Min</ins>", page)


def test_what_is_written_waits_as_a_draft(as_) -> None:
    client = as_("reporter-miljo")
    url = f"{GOAL}?draft={STATUS}.comment"
    answer = client.post(url, {"verb": "autosave", "content": "Halva meningen", "base_number": ""})
    assert answer.json()["draft"] is True
    page = as_("reporter-miljo").get(GOAL).content.decode()
    assert "Halva meningen</textarea>" in page
    assert "Ditt utkast från" in page
    assert "Halva meningen" not in as_("controller").get(GOAL).content.decode()
    assert "Påbörjat men inte sparat" in client.get("/").content.decode()
    client.post(GOAL, fields(client))
    assert status_of() == ("", "Halva meningen")
    assert "Ditt utkast" not in client.get(GOAL).content.decode()


def test_a_draft_can_be_thrown_away(as_) -> None:
    client = as_("reporter-miljo")
    client.post(f"{GOAL}?draft={STATUS}.comment", {"verb": "autosave", "content": "Nej", "base_number": ""})
    sent = fields(client) | {"choose": f"{STATUS}:theirs", "text-work_done-content": "Något annat."}
    assert client.post(GOAL, sent).status_code == 302
    assert status_of() is None
    assert "Ditt utkast" not in client.get(GOAL).content.decode()
    assert texts.current(f"goal:2025-klimatpaverkan:{ROUND}:ks:work_done") is not None


def test_a_reporter_writes_only_what_is_theirs(as_) -> None:
    client = as_("reporter-hr")
    page = client.get(GOAL).content.decode()
    assert "Du kan läsa men inte rapportera här." in page
    assert f'name="{STATUS}-comment"' not in page
    assert client.post(GOAL, {f"{STATUS}-base": "", f"{STATUS}-status": "done"}).status_code == 403
    assert status_of() is None


def test_a_reporter_does_not_assess(as_) -> None:
    client = as_("reporter-miljo")
    key = "assessment-2025-klimatpaverkan"
    client.post(
        GOAL, fields(client) | {f"{key}-base": "", f"{key}-step": "very_high", f"{key}-rationale": "Nja"}
    )
    view = selectors.snapshot(year=2025, round_=rounds.round_by_key(ROUND)).goal("2025-klimatpaverkan")
    assert view is not None
    assert view.step is not None
    assert view.step.key == "partly"


def test_an_assessment_that_departs_needs_a_rationale(as_) -> None:
    client = as_("approver")
    key = "assessment-2025-klimatpaverkan"
    sent = fields(client) | {f"{key}-step": "very_high", f"{key}-rationale": ""}
    assert client.post(GOAL, sent).status_code == 422
    assert client.post(GOAL, sent | {f"{key}-rationale": "Alla bilar är beställda."}).status_code == 302


def test_a_closed_round_is_read_only_in_clear_words(as_) -> None:
    cycle.move_round(round_=rounds.round_by_key(ROUND), state=RoundState.CLOSED, by=SYSTEM)
    client = as_("controller")
    page = client.get(GOAL).content.decode()
    assert "är stängd. Det som rapporterades ligger fast" in page
    assert "Spara allt" not in page
    answer = client.post(GOAL, {f"{STATUS}-base": "", f"{STATUS}-status": "done", f"{STATUS}-comment": ""})
    assert answer.status_code == 422
    assert status_of() is None


def test_last_rounds_text_is_a_starting_point_and_no_more(as_) -> None:
    client = as_("reporter-miljo")
    assert "Hämta förra tillfällets text" in client.get(GOAL).content.decode()
    client.post(f"{GOAL}carry/")
    assert texts.current(f"goal:2025-klimatpaverkan:{ROUND}:ks:work_done") is None
    assert fields(client)["text-work_done-content"]
    assert "Hämta förra tillfällets text" not in client.get(GOAL).content.decode()


def test_the_quick_list_saves_a_row(as_) -> None:
    client = as_("reporter-miljo")
    url = f"/rounds/{ROUND}/ks/assignments/"
    sent = fields(client, url) | {f"{STATUS}-status": "done", f"{STATUS}-comment": "Klart."}
    assert client.post(url, sent).status_code == 302
    assert status_of() == ("done", "Klart.")


def test_personnel_figures_are_reported_like_any_other(as_) -> None:
    client = as_("reporter-hr")
    url = f"/rounds/{ROUND}/ks/sections/personal/"
    key = "outcome-2025-personal-sjukfranvaro-2025-gender-women"
    sent = fields(client, url) | {f"{key}-value": "4,4", f"{key}-group_size": "300"}
    assert client.post(url, sent).status_code == 302
    assert fields(client, url)[f"{key}-value"] == "4,4"
    assert fields(client, url)[f"{key}-group_size"] == "300"


def test_the_rounds_page_tells_who_has_what_left(as_) -> None:
    page = as_("controller").get(f"/rounds/{ROUND}/ks/").content.decode()
    assert "5 av 9 rapporterade" in page
    assert "Embla Rönnskär" in page
    assert "Principer för laddinfrastruktur" in page


def test_a_round_is_reopened_with_a_reason(as_) -> None:
    client, url = as_("central-controller"), f"/rounds/{ROUND}/ks/"
    assert client.post(f"{url}move/", {"state": "closed"}).status_code == 302
    answer = client.post(f"{url}move/", {"state": "open"})
    assert answer.status_code == 422
    assert "Skäl saknas." in answer.content.decode()
    assert client.post(f"{url}move/", {"state": "open", "reason": "Ett utfall var fel."}).status_code == 302


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("planning:report_body", f"/rounds/{ROUND}/ks/"),
        ("planning:report_goal", GOAL),
        ("planning:report_section", f"/rounds/{ROUND}/ks/sections/personal/"),
        ("planning:report_assignments", f"/rounds/{ROUND}/ks/assignments/"),
    ],
)
def test_the_pages_ask_few_questions(name: str, url: str, as_, query_budget) -> None:
    client = as_("reporter-miljo")
    client.get(url)
    with query_budget(name):
        assert client.get(url).status_code == 200


def test_every_goal_asks_the_same_number_of_questions(as_, count_queries) -> None:
    client = as_("controller")
    client.get(GOAL)
    keys = ("2025-trygghet-delaktighet", "2025-livsmiljoer", "2025-klimatpaverkan", "2025-sund-ekonomi")
    counts = {key: count_queries(lambda key=key: client.get(f"/rounds/{ROUND}/goals/{key}/")) for key in keys}
    # A goal without assignments asks for no statuses.
    assert max(counts.values()) - min(counts.values()) <= 1, counts
