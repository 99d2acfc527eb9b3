"""Addresses of internal control and audit."""

from __future__ import annotations

from django.urls import path

from uppsikt.control.views import audit_editing, home, question_editing, reviews

app_name = "control"

urlpatterns = [
    path("", home.home, name="home"),
    path("summary/<slug:round_key>/<slug:body>/", home.summary, name="summary"),
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
