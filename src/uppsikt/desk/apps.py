from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "uppsikt.desk"
    label = "desk"
    verbose_name = "Min sida"
