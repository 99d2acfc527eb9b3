from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "uppsikt.oversight"
    label = "oversight"
    verbose_name = "Uppsikt"
