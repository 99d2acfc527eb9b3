"""Addresses of the economy."""

from __future__ import annotations

from django.urls import path

from uppsikt.economy.views import forecast, tables, variances

app_name = "economy"

urlpatterns = [
    path("", tables.statement, name="tables"),
    path("tables/<str:key>/", tables.statement, name="table"),
    path("tables/<str:key>/excel/", tables.workbook, name="table_workbook"),
    path("figure/", tables.figure, name="figure"),
    path("vouchers/<int:year>/<str:series>/<path:number>/", tables.voucher, name="voucher"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("forecast/accuracy/", forecast.accuracy, name="forecast_accuracy"),
    path("variances/", variances.variances, name="variances"),
    path("variances/<str:table>/<str:row>/", variances.variance, name="variance"),
]
