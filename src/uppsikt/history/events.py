"""Every kind of event there is. The values are stored: never change one, only add."""

from __future__ import annotations

from enum import StrEnum


class EventKind(StrEnum):
    """A stable key for each thing that can happen."""

    USER_SAVED = "user.saved"
    USER_ERASED = "user.erased"
    TOKEN_CREATED = "token.created"  # noqa: S105 - an event, not a secret
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - an event, not a secret

    MUNICIPALITY_SAVED = "municipality.saved"
    BODY_SAVED = "body.saved"
    BODY_SUCCEEDED = "body.succeeded"
    UNIT_SAVED = "unit.saved"
    ROLE_GIVEN = "role.given"
    ROLE_ENDED = "role.ended"

    YEAR_SAVED = "year.saved"
    ROUND_SAVED = "round.saved"
    ROUND_OPENED = "round.opened"
    ROUND_CLOSED = "round.closed"
    ROUND_REOPENED = "round.reopened"

    TEXT_SAVED = "text.saved"
    FILE_STORED = "file.stored"

    PLAN_SAVED = "plan.saved"
    PLAN_ADOPTED = "plan.adopted"
    PLAN_REOPENED = "plan.reopened"
    GOAL_SAVED = "goal.saved"
    GOAL_REMOVED = "goal.removed"
    PRIORITIES_SAVED = "goal.priorities_saved"
    INDICATOR_SAVED = "indicator.saved"
    USE_SAVED = "use.saved"
    USE_REMOVED = "use.removed"
    TARGET_SET = "target.set"
    OBSERVATION_RECORDED = "observation.recorded"
    INDICATOR_REPORTED = "indicator.reported"
    GOAL_ASSESSED = "goal.assessed"
    GOAL_TEXT_SAVED = "goal.text_saved"
    ASSIGNMENT_SAVED = "assignment.saved"
    ASSIGNMENT_REMOVED = "assignment.removed"
    STATUS_REPORTED = "status.reported"
    YEAR_ROLLED = "plan.year_rolled"

    ECONOMY_MODEL_SAVED = "economy_model.saved"
    CODING_SAVED = "coding.saved"
    LEDGER_OFFERED = "ledger.offered"
    LEDGER_LOADED = "ledger.loaded"
    LEDGER_REFUSED = "ledger.refused"
    LEDGER_CHOSEN = "ledger.chosen"
    FRAME_SAVED = "frame.saved"
    FRAME_REMOVED = "frame.removed"
    BUDGET_SET = "budget.set"
    FORECAST_SET = "forecast.set"
    RESTATEMENT_SET = "restatement.set"
    REGISTER_SAVED = "register.saved"
    REGISTER_REMOVED = "register.removed"
    REGISTER_AMOUNT_SET = "register.amount_set"
    VARIANCE_EXPLAINED = "variance.explained"

    PROJECT_SAVED = "project.saved"
    PROJECT_REMOVED = "project.removed"
    PROJECT_AMOUNT_SET = "project.amount_set"
    PROJECT_REPORTED = "project.reported"

    REPORT_SAVED = "report.saved"
    REPORT_TEXT_SAVED = "report.text_saved"
    REPORT_ADOPTED = "report.adopted"

    DATASET_IMPORTED = "dataset.imported"
