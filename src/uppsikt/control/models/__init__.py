"""What is stored of internal control and audit."""

from uppsikt.control.models.audit import (
    AuditAnswer,
    AuditorFollowUp,
    AuditQuestion,
    AuditReview,
    Recommendation,
    RecommendationAnswer,
)
from uppsikt.control.models.controls import Control, ControlMeasure, GroupControl, Occasion
from uppsikt.control.models.mitigations import Deficiency, Evidence, Mitigation
from uppsikt.control.models.results import (
    ControlResult,
    ControlSummary,
    GroupPart,
    GroupResult,
    ResultPart,
)
from uppsikt.control.models.risks import (
    Risk,
    RiskAssessment,
    RiskTreatment,
    RiskVote,
    RiskWorkshop,
)
from uppsikt.control.models.samples import SampleDraw, SampleItem, SampleVerdict

__all__ = [
    "AuditAnswer",
    "AuditQuestion",
    "AuditReview",
    "AuditorFollowUp",
    "Control",
    "ControlMeasure",
    "ControlResult",
    "ControlSummary",
    "Deficiency",
    "Evidence",
    "GroupControl",
    "GroupPart",
    "GroupResult",
    "Mitigation",
    "Occasion",
    "Recommendation",
    "RecommendationAnswer",
    "ResultPart",
    "Risk",
    "RiskAssessment",
    "RiskTreatment",
    "RiskVote",
    "RiskWorkshop",
    "SampleDraw",
    "SampleItem",
    "SampleVerdict",
]
