"""The words of internal control and audit that are the same in every municipality."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """When a risk's value is set: as it is without more being done, or with the mitigations carried out."""

    BEFORE = "before"
    AFTER = "after"

    @property
    def label(self) -> str:
        """The stage in words."""
        return {"before": "före åtgärd", "after": "efter åtgärd"}[self.value]


class RiskDecision(StrEnum):
    """What the body does about a risk."""

    ACCEPT = "accept"
    MITIGATE = "mitigate"
    CONTROL = "control"

    @property
    def label(self) -> str:
        """The decision in words."""
        return {"accept": "Accepteras", "mitigate": "Åtgärdas", "control": "Kontrolleras"}[self.value]


class Frequency(StrEnum):
    """How often a control is made."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TERTIAL = "tertial"
    YEAR = "year"
    PAYROLL = "payroll"
    ONCE = "once"

    @property
    def label(self) -> str:
        """The frequency in words."""
        return {
            "day": "Varje dag",
            "week": "Varje vecka",
            "month": "Varje månad",
            "tertial": "Varje tertial",
            "year": "En gång per år",
            "payroll": "Vid varje lönekörning",
            "once": "Vid ett tillfälle",
        }[self.value]


class MeasureKind(StrEnum):
    """What a control's result is made of, beside the judgement and the comment."""

    SHARE = "share"
    SAMPLE = "sample"
    COUNT = "count"
    AMOUNT_SHARE = "amount_share"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            "share": "andel (%)",
            "sample": "stickprov",
            "count": "antal",
            "amount_share": "andel av belopp (%)",
        }[self.value]


class RowsOf(StrEnum):
    """Whose rows a group-wide control's table has."""

    BODY = "body"
    UNIT = "unit"
    CATEGORY = "category"

    @property
    def label(self) -> str:
        """What a row is."""
        return {"body": "nämnd", "unit": "förvaltning", "category": "kategori"}[self.value]


class ReviewKind(StrEnum):
    """What sort of document an auditor or another reviewer has left."""

    AUDIT_REPORT = "audit_report"
    AUDIT_LETTER = "audit_letter"
    BASIC_REVIEW = "basic_review"
    EXTERNAL_REVIEW = "external_review"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            "audit_report": "Revisionsrapport",
            "audit_letter": "Revisionsskrivelse",
            "basic_review": "Grundläggande granskning",
            "external_review": "Extern granskning",
        }[self.value]


class Stance(StrEnum):
    """What the body answers to a recommendation."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The stance in words."""
        return {"accepted": "Instämmer", "partly": "Instämmer delvis", "rejected": "Instämmer inte"}[
            self.value
        ]


class FollowUpVerdict(StrEnum):
    """What the auditor finds when a recommendation is followed up."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return {"done": "Åtgärdad", "partly": "Delvis åtgärdad", "not_done": "Inte åtgärdad"}[self.value]


CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    kind.__name__: tuple((each.value, each.label) for each in kind)
    for kind in (
        Stage, RiskDecision, Frequency, MeasureKind, RowsOf, ReviewKind, Stance, FollowUpVerdict,
    )
}  # fmt: skip
"""The choices of each set of words, as (key, label), for columns, forms and the dataset."""
