from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "uppsikt.texts"
    label = "texts"
    verbose_name = "Texter"
