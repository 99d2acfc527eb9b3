from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "uppsikt.publishing"
    label = "publishing"
    verbose_name = "Fastställda handlingar"
