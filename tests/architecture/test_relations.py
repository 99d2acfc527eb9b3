"""Import-linter cannot see a foreign key given as a string, so the relations themselves are walked."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from tests.architecture.source import rank


def package(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def own_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("uppsikt.")
    ]


def test_relations_point_down_or_stay_inside() -> None:
    level = rank()
    upward = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("uppsikt.")
        and package(model) != package(field.related_model)
        and level[package(field.related_model)] <= level[package(model)]
    ]
    assert upward == [], "move the fact down, or put the link in the upper package"


def test_there_are_models_to_walk() -> None:
    assert {"User", "Event", "Body"} <= {model.__name__ for model in own_models()}


def test_no_generic_foreign_keys() -> None:
    generic = [
        f"{model.__name__}.{field.name}" for model in own_models() for field in model._meta.private_fields
    ]
    assert generic == []
