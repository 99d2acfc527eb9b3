from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "uppsikt.exchange"
    label = "exchange"
    verbose_name = "Inläsning och export"
