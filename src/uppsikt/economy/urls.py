"""Addresses of the economy."""

from __future__ import annotations

from django.urls import path

from uppsikt.economy.views import codes, forecast, ledger, tables, variances

app_name = "economy"

urlpatterns = [
    path("", tables.statement, name="tables"),
    path("tables/<str:key>/", tables.statement, name="table"),
    path("tables/<str:key>/excel/", tables.workbook, name="table_workbook"),
    path("figure/", tables.figure, name="figure"),
    path("vouchers/<int:year>/<str:series>/<path:number>/", tables.voucher, name="voucher"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("forecast/accuracy/", forecast.accuracy, name="forecast_accuracy"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/new/", ledger.new, name="ledger_new"),
    path("ledger/file/<str:digest>/", ledger.file, name="ledger_file"),
    path("ledger/change/", ledger.change, name="ledger_change"),
    path("ledger/change/<slug:round>/<int:pk>/", ledger.choose, name="ledger_choose"),
    path("ledger/<int:pk>/", ledger.load, name="ledger_load"),
    path("ledger/<int:pk>/start/", ledger.begin, name="ledger_start"),
    path("model/", codes.model, name="model"),
    path("codes/<int:year>/<slug:dimension>/", codes.listing, name="codes"),
    path("codes/<int:year>/<slug:dimension>/<path:key>/", codes.code, name="code"),
    path("variances/", variances.variances, name="variances"),
    path("variances/<str:table>/<str:row>/", variances.variance, name="variance"),
]
