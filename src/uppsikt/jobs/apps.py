from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "uppsikt.jobs"
    label = "jobs"
    verbose_name = "Jobb"
