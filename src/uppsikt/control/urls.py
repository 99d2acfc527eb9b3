"""Addresses of internal control and audit."""

from __future__ import annotations

from django.urls import path

from uppsikt.control.views import (
    audit_editing,
    home,
    mitigations,
    question_editing,
    reviews,
    risk_editing,
    risks,
    workshops,
)

app_name = "control"

urlpatterns = [
    path("", home.home, name="home"),
    path("summary/<slug:round_key>/<slug:body>/", home.summary, name="summary"),
    path("risks/", risks.risks, name="risks"),
    path("risks/new/", risk_editing.new, name="risk_new"),
    path("risks/carry/<slug:body>/<int:year>/", risk_editing.carry, name="risks_carry"),
    path("risks/<slug:key>/", risks.risk, name="risk"),
    path("risks/<slug:key>/change/", risk_editing.change, name="risk_change"),
    path("risks/<slug:key>/assess/", risk_editing.assess, name="risk_assess"),
    path("risks/<slug:key>/treat/", risk_editing.treat, name="risk_treat"),
    path("risks/<slug:key>/adopt/", risks.adopt, name="risk_adopt"),
    path("risks/<slug:key>/remove/", risks.remove, name="risk_remove"),
    path("risks/<slug:key>/restore/", risks.restore, name="risk_restore"),
    path("workshops/", workshops.workshops, name="workshops"),
    path("workshops/new/", workshops.new, name="workshop_new"),
    path("workshops/<int:number>/", workshops.workshop, name="workshop"),
    path("workshops/<int:number>/close/", workshops.close, name="workshop_close"),
    path("workshops/<int:number>/take/<slug:key>/", workshops.take, name="workshop_take"),
    path("mitigations/", mitigations.mitigations, name="mitigations"),
    path("mitigations/new/<slug:of>/<slug:key>/", mitigations.new, name="mitigation_new"),
    path("mitigations/<slug:key>/", mitigations.mitigation, name="mitigation"),
    path("mitigations/<slug:key>/change/", mitigations.change, name="mitigation_change"),
    path("mitigations/<slug:key>/report/<slug:round>/", mitigations.report, name="mitigation_report"),
    path("mitigations/<slug:key>/remove/", mitigations.remove, name="mitigation_remove"),
    path("mitigations/<slug:key>/restore/", mitigations.restore, name="mitigation_restore"),
    path("mitigations/<slug:key>/waits-for/", mitigations.wait, name="dependency_new"),
    path("dependencies/<int:number>/remove/", mitigations.wait_no_more, name="dependency_remove"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", audit_editing.new, name="review_new"),
    path("reviews/<slug:key>/", reviews.review, name="review"),
    path("reviews/<slug:key>/change/", audit_editing.change, name="review_change"),
    path("reviews/<slug:key>/remove/", audit_editing.remove, name="review_remove"),
    path("reviews/<slug:key>/restore/", audit_editing.restore, name="review_restore"),
    path("reviews/<slug:key>/recommendation/", audit_editing.recommendation_new, name="recommendation_new"),
    path("recommendations/", reviews.recommendations, name="recommendations"),
    path(
        "recommendations/<slug:key>/change/",
        audit_editing.recommendation_change,
        name="recommendation_change",
    ),
    path(
        "recommendations/<slug:key>/remove/",
        audit_editing.recommendation_remove,
        name="recommendation_remove",
    ),
    path(
        "recommendations/<slug:key>/restore/",
        audit_editing.recommendation_restore,
        name="recommendation_restore",
    ),
    path("recommendations/<slug:key>/answer/", audit_editing.answer, name="recommendation_answer"),
    path("recommendations/<slug:key>/follow-up/", audit_editing.follow_up, name="recommendation_follow_up"),
    path("recommendations/<slug:key>/return/", audit_editing.link_return, name="recommendation_return"),
    path("questions/", reviews.questions, name="questions"),
    path("questions/new/", question_editing.new, name="question_new"),
    path("questions/<slug:key>/", reviews.question, name="question"),
    path("questions/<slug:key>/answer/", question_editing.answer, name="question_answer"),
    path("questions/<slug:key>/close/", question_editing.close, name="question_close"),
]
