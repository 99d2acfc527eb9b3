from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "uppsikt.reports"
    label = "reports"
    verbose_name = "Rapporter"
