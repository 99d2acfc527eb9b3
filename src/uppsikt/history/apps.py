from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "uppsikt.history"
    label = "history"
    verbose_name = "Historik"
