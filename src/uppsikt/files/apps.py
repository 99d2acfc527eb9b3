from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "uppsikt.files"
    label = "files"
    verbose_name = "Filer"
