from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "uppsikt.cycle"
    label = "cycle"
    verbose_name = "Årshjul"
