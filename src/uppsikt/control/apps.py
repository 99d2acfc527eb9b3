from django.apps import AppConfig


class ControlConfig(AppConfig):
    name = "uppsikt.control"
    label = "control"
    verbose_name = "Intern kontroll och revision"
