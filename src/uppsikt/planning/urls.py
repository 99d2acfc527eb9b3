"""Addresses of planning."""

from __future__ import annotations

from django.urls import path

from uppsikt.planning.views import assignments, indicator, plan, tree

app_name = "planning"

urlpatterns = [
    path("goals/", tree.goals, name="goals"),
    path("goals/<slug:key>/", tree.goal, name="goal"),
    path("indicators/<slug:key>/", indicator.indicator, name="indicator"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/<slug:key>/", assignments.assignment, name="assignment"),
    path("plans/<slug:body>/<int:year>/", plan.plan, name="plan"),
]
