from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "uppsikt.procurement"
    label = "procurement"
    verbose_name = "Upphandling och inköp"
