from django.apps import AppConfig


class InvestmentsConfig(AppConfig):
    name = "uppsikt.investments"
    label = "investments"
    verbose_name = "Investeringar"
