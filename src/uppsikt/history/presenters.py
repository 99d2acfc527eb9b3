"""How each kind of event reads in the history, and which of its data is personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from uppsikt.history.events import EventKind


@dataclass(frozen=True, slots=True)
class Presenter:
    """Wording for one kind of event: a sentence about `label`, and the data keys to erase on request."""

    sentence: StrOrPromise
    personal: tuple[str, ...] = ()

    def text(self, label: str) -> str:
        """The sentence with the subject's name in it."""
        return str(self.sentence) % {"label": label}


PRESENTERS: Mapping[EventKind, Presenter] = {
    EventKind.USER_SAVED: Presenter(_("ändrade användaren %(label)s"), ("name", "email", "title")),
    EventKind.USER_ERASED: Presenter(_("tog bort personuppgifter för %(label)s")),
    EventKind.TOKEN_CREATED: Presenter(_("skapade API-nyckeln %(label)s")),
    EventKind.TOKEN_REVOKED: Presenter(_("återkallade API-nyckeln %(label)s")),
    EventKind.MUNICIPALITY_SAVED: Presenter(_("ändrade uppgifterna om %(label)s")),
    EventKind.BODY_SAVED: Presenter(_("ändrade organet %(label)s")),
    EventKind.BODY_SUCCEEDED: Presenter(_("angav efterföljare: %(label)s")),
    EventKind.UNIT_SAVED: Presenter(_("ändrade enheten %(label)s")),
    EventKind.ROLE_GIVEN: Presenter(_("gav rollen %(label)s")),
    EventKind.ROLE_ENDED: Presenter(_("avslutade rollen %(label)s")),
    EventKind.YEAR_SAVED: Presenter(_("ändrade styrmodellen för %(label)s")),
    EventKind.ROUND_SAVED: Presenter(_("ändrade uppföljningstillfället %(label)s")),
    EventKind.ROUND_OPENED: Presenter(_("öppnade %(label)s")),
    EventKind.ROUND_CLOSED: Presenter(_("stängde %(label)s")),
    EventKind.ROUND_REOPENED: Presenter(_("öppnade %(label)s på nytt")),
    EventKind.TEXT_SAVED: Presenter(_("sparade texten %(label)s")),
    EventKind.FILE_STORED: Presenter(_("lade in filen %(label)s")),
    EventKind.PLAN_SAVED: Presenter(_("ändrade planen %(label)s")),
    EventKind.PLAN_ADOPTED: Presenter(_("fastställde planen %(label)s")),
    EventKind.PLAN_REOPENED: Presenter(_("öppnade planen %(label)s på nytt")),
    EventKind.GOAL_SAVED: Presenter(_("ändrade målet %(label)s")),
    EventKind.GOAL_REMOVED: Presenter(_("tog bort målet %(label)s")),
    EventKind.PRIORITIES_SAVED: Presenter(_("ändrade det särskilt prioriterade under %(label)s")),
    EventKind.INDICATOR_SAVED: Presenter(_("ändrade indikatorn %(label)s")),
    EventKind.USE_SAVED: Presenter(_("kopplade indikatorn %(label)s")),
    EventKind.USE_REMOVED: Presenter(_("tog bort kopplingen till %(label)s")),
    EventKind.TARGET_SET: Presenter(_("satte målvärde för %(label)s")),
    EventKind.OBSERVATION_RECORDED: Presenter(_("rapporterade utfall för %(label)s")),
    EventKind.INDICATOR_REPORTED: Presenter(_("bedömde och kommenterade %(label)s")),
    EventKind.GOAL_ASSESSED: Presenter(_("bedömde måluppfyllelsen för %(label)s")),
    EventKind.GOAL_TEXT_SAVED: Presenter(_("skrev text till målet %(label)s")),
    EventKind.ASSIGNMENT_SAVED: Presenter(_("ändrade uppdraget %(label)s")),
    EventKind.ASSIGNMENT_REMOVED: Presenter(_("tog bort uppdraget %(label)s")),
    EventKind.STATUS_REPORTED: Presenter(_("rapporterade status för %(label)s")),
    EventKind.YEAR_ROLLED: Presenter(_("rullade fram planen till %(label)s")),
    EventKind.ECONOMY_MODEL_SAVED: Presenter(_("ändrade ekonomimodellen för %(label)s")),
    EventKind.CODING_SAVED: Presenter(_("ändrade koder: %(label)s")),
    EventKind.LEDGER_OFFERED: Presenter(_("lämnade in huvudboken %(label)s")),
    EventKind.LEDGER_LOADED: Presenter(_("läste in huvudboken %(label)s")),
    EventKind.LEDGER_REFUSED: Presenter(_("fick nej på huvudboken %(label)s")),
    EventKind.LEDGER_CHOSEN: Presenter(_("valde huvudbok för %(label)s")),
    EventKind.FRAME_SAVED: Presenter(_("ändrade budgetramen: %(label)s")),
    EventKind.FRAME_REMOVED: Presenter(_("tog bort budgetbeslutet %(label)s")),
    EventKind.BUDGET_SET: Presenter(_("satte budget för %(label)s")),
    EventKind.FORECAST_SET: Presenter(_("satte prognos för %(label)s")),
    EventKind.RESTATEMENT_SET: Presenter(_("räknade om jämförelseåret för %(label)s")),
    EventKind.REGISTER_SAVED: Presenter(_("ändrade posten %(label)s")),
    EventKind.REGISTER_REMOVED: Presenter(_("tog bort posten %(label)s")),
    EventKind.REGISTER_AMOUNT_SET: Presenter(_("registrerade belopp för %(label)s")),
    EventKind.VARIANCE_EXPLAINED: Presenter(_("förklarade avvikelsen för %(label)s")),
    EventKind.DEPENDENCY_SET: Presenter(_("angav vad %(label)s väntar på")),
    EventKind.DEPENDENCY_REMOVED: Presenter(_("tog bort vad %(label)s väntar på")),
    EventKind.RISK_SAVED: Presenter(_("ändrade risken %(label)s")),
    EventKind.RISK_REMOVED: Presenter(_("tog bort risken %(label)s")),
    EventKind.RISK_ASSESSED: Presenter(_("bedömde risken %(label)s")),
    EventKind.RISK_TREATED: Presenter(_("beslutade om risken %(label)s")),
    EventKind.WORKSHOP_OPENED: Presenter(_("öppnade riskworkshopen %(label)s")),
    EventKind.WORKSHOP_CLOSED: Presenter(_("avslutade riskworkshopen %(label)s")),
    EventKind.RISK_VOTED: Presenter(_("bedömde i workshop risken %(label)s")),
    EventKind.MITIGATION_SAVED: Presenter(_("ändrade åtgärden %(label)s")),
    EventKind.MITIGATION_REMOVED: Presenter(_("tog bort åtgärden %(label)s")),
    EventKind.GROUP_CONTROL_SAVED: Presenter(_("ändrade den kommungemensamma kontrollen %(label)s")),
    EventKind.GROUP_CONTROL_REMOVED: Presenter(_("tog bort den kommungemensamma kontrollen %(label)s")),
    EventKind.CONTROL_SAVED: Presenter(_("ändrade kontrollen %(label)s")),
    EventKind.CONTROL_REMOVED: Presenter(_("tog bort kontrollen %(label)s")),
    EventKind.OCCASION_SAVED: Presenter(_("ändrade ett tillfälle för kontrollen %(label)s")),
    EventKind.OCCASION_REMOVED: Presenter(_("tog bort ett tillfälle för kontrollen %(label)s")),
    EventKind.CONTROL_REPORTED: Presenter(_("rapporterade resultat för kontrollen %(label)s")),
    EventKind.GROUP_CONTROL_REPORTED: Presenter(_("rapporterade samlat resultat för kontrollen %(label)s")),
    EventKind.SAMPLE_DRAWN: Presenter(_("drog ett stickprov ur %(label)s")),
    EventKind.SAMPLE_REMOVED: Presenter(_("tog bort stickprovet ur %(label)s")),
    EventKind.SAMPLE_JUDGED: Presenter(_("granskade underlag ur %(label)s")),
    EventKind.DEFICIENCY_SAVED: Presenter(_("ändrade bristen %(label)s")),
    EventKind.DEFICIENCY_REMOVED: Presenter(_("tog bort bristen %(label)s")),
    EventKind.EVIDENCE_ADDED: Presenter(_("lade till beviset %(label)s")),
    EventKind.EVIDENCE_REMOVED: Presenter(_("tog bort beviset %(label)s")),
    EventKind.CONTROL_SUMMED_UP: Presenter(_("bedömde den interna kontrollen: %(label)s")),
    EventKind.REVIEW_SAVED: Presenter(_("ändrade granskningen %(label)s")),
    EventKind.REVIEW_REMOVED: Presenter(_("tog bort granskningen %(label)s")),
    EventKind.RECOMMENDATION_SAVED: Presenter(_("ändrade rekommendationen %(label)s")),
    EventKind.RECOMMENDATION_REMOVED: Presenter(_("tog bort rekommendationen %(label)s")),
    EventKind.RECOMMENDATION_ANSWERED: Presenter(_("svarade på rekommendationen %(label)s")),
    EventKind.RECOMMENDATION_FOLLOWED_UP: Presenter(_("följde upp rekommendationen %(label)s")),
    EventKind.AUDIT_QUESTION_ASKED: Presenter(_("ställde frågan %(label)s")),
    EventKind.AUDIT_QUESTION_ANSWERED: Presenter(_("svarade på frågan %(label)s")),
    EventKind.AUDIT_QUESTION_CLOSED: Presenter(_("avslutade frågan %(label)s")),
    EventKind.EVIDENCE_PACKED: Presenter(_("tog ut underlag: %(label)s")),
    EventKind.SUPPLIER_SAVED: Presenter(_("ändrade leverantören %(label)s")),
    EventKind.SUPPLIER_REMOVED: Presenter(_("tog bort leverantören %(label)s")),
    EventKind.SUPPLIER_CHECKED: Presenter(_("kontrollerade leverantören %(label)s")),
    EventKind.AGREEMENT_SAVED: Presenter(_("ändrade avtalet %(label)s")),
    EventKind.AGREEMENT_REMOVED: Presenter(_("tog bort avtalet %(label)s")),
    EventKind.AGREEMENT_FOLLOWED_UP: Presenter(_("följde upp avtalet %(label)s")),
    EventKind.PROCUREMENT_SAVED: Presenter(_("ändrade upphandlingen %(label)s")),
    EventKind.PROCUREMENT_REMOVED: Presenter(_("tog bort upphandlingen %(label)s")),
    EventKind.PURCHASE_HANDLED: Presenter(_("hanterade inköp från %(label)s")),
    EventKind.PURCHASE_LIMIT_SAVED: Presenter(_("ändrade gränsen för inköp: %(label)s")),
    EventKind.PROJECT_SAVED: Presenter(_("ändrade projektet %(label)s")),
    EventKind.PROJECT_REMOVED: Presenter(_("tog bort projektet %(label)s")),
    EventKind.PROJECT_AMOUNT_SET: Presenter(_("satte belopp för projektet %(label)s")),
    EventKind.PROJECT_REPORTED: Presenter(_("rapporterade läget för projektet %(label)s")),
    EventKind.REPORT_SAVED: Presenter(_("ändrade rapporten %(label)s")),
    EventKind.REPORT_TEXT_SAVED: Presenter(_("skrev i rapporten %(label)s")),
    EventKind.REPORT_ADOPTED: Presenter(_("fastställde rapporten %(label)s")),
    EventKind.DATASET_IMPORTED: Presenter(_("läste in %(label)s")),
}


def sentence(kind: str, label: str) -> str:
    """The event in words. Raises: ValueError for a kind that is not in `EventKind`."""
    return PRESENTERS[EventKind(kind)].text(label)


def personal_keys(kind: str, data: Mapping[str, Any]) -> list[str]:
    """Which keys of the event's data concern a person."""
    return [key for key in PRESENTERS[EventKind(kind)].personal if key in data]
