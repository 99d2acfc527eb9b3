from django.apps import AppConfig


class EconomyConfig(AppConfig):
    name = "uppsikt.economy"
    label = "economy"
    verbose_name = "Ekonomi"
