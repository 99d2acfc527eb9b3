"""Addresses of planning."""

from __future__ import annotations

from django.urls import path

from uppsikt.planning.views import assignments, indicator, plan, plan_indicators, plan_rows, reporting, tree

app_name = "planning"

urlpatterns = [
    path("goals/", tree.goals, name="goals"),
    path("goals/<slug:key>/", tree.goal, name="goal"),
    path("indicators/<slug:key>/", indicator.indicator, name="indicator"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments.xlsx", assignments.workbook, name="assignments_workbook"),
    path("assignments/<slug:key>/", assignments.assignment, name="assignment"),
    path("plans/", plan.plan_list, name="plans"),
    path("plans/goals/<slug:key>/change/", plan_rows.goal_edit, name="goal_edit"),
    path("plans/uses/<slug:key>/change/", plan_indicators.use_edit, name="use_edit"),
    path("plans/uses/<slug:key>/targets/<slug:role>/", plan_indicators.target_edit, name="target_edit"),
    path(
        "plans/uses/<slug:key>/targets/<slug:role>/remove/",
        plan_indicators.target_remove,
        name="target_remove",
    ),
    path("plans/assignments/<slug:key>/change/", plan_rows.assignment_edit, name="assignment_edit"),
    path("plans/rows/<slug:kind>/<slug:key>/remove/", plan_rows.row_remove, name="row_remove"),
    path("plans/rows/<slug:kind>/<slug:key>/restore/", plan_rows.row_restore, name="row_restore"),
    path("plans/rows/<slug:kind>/<slug:key>/move/", plan_rows.row_move, name="row_move"),
    path("rounds/", reporting.reporting, name="reporting"),
    path("rounds/<slug:round>/goals/<slug:key>/", reporting.goal, name="report_goal"),
    path("rounds/<slug:round>/goals/<slug:key>/carry/", reporting.carry, name="report_carry"),
    path("rounds/<slug:round>/<slug:body>/", reporting.body, name="report_body"),
    path("rounds/<slug:round>/<slug:body>/move/", reporting.move, name="report_move"),
    path("rounds/<slug:round>/<slug:body>/assignments/", reporting.assignments, name="report_assignments"),
    path(
        "rounds/<slug:round>/<slug:body>/sections/<slug:section>/", reporting.section, name="report_section"
    ),
    path("plans/<slug:body>/<int:year>/", plan.plan, name="plan"),
    path("plans/<slug:body>/<int:year>/goals/new/", plan_rows.goal_new, name="goal_new"),
    path("plans/<slug:body>/<int:year>/indicators/new/", plan_indicators.use_new, name="use_new"),
    path("plans/<slug:body>/<int:year>/assignments/new/", plan_rows.assignment_new, name="assignment_new"),
    path("plans/<slug:body>/<int:year>/roll/", plan.plan_roll, name="plan_roll"),
    path("plans/<slug:body>/<int:year>/adopt/", plan.plan_adopt, name="plan_adopt"),
    path("plans/<slug:body>/<int:year>/reopen/", plan.plan_reopen, name="plan_reopen"),
]
