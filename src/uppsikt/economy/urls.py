"""Addresses of the economy."""

from __future__ import annotations

from django.urls import path

from uppsikt.economy.views import budget, budget_forms, codes, forecast, ledger, registers, tables, variances

app_name = "economy"

urlpatterns = [
    path("", tables.statement, name="tables"),
    path("tables/<str:key>/", tables.statement, name="table"),
    path("tables/<str:key>/excel/", tables.workbook, name="table_workbook"),
    path("figure/", tables.figure, name="figure"),
    path("vouchers/<int:year>/<str:series>/<path:number>/", tables.voucher, name="voucher"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("forecast/accuracy/", forecast.accuracy, name="forecast_accuracy"),
    path("budget/", budget.overview, name="budget"),
    path("budget/months/", budget.months, name="budget_months"),
    path("budget/<slug:body>/<int:year>/frame/", budget_forms.frame, name="frame_new"),
    path("budget/<slug:body>/<int:year>/frame/<slug:key>/", budget_forms.frame, name="frame"),
    path(
        "budget/<slug:body>/<int:year>/frame/<slug:key>/remove/",
        budget_forms.frame_remove,
        name="frame_remove",
    ),
    path("budget/<slug:body>/<int:year>/amount/", budget_forms.amount, name="budget_amount"),
    path("budget/<slug:body>/<int:year>/restatements/", budget_forms.restatements, name="restatements"),
    path("budget/<slug:body>/<int:year>/restatement/", budget_forms.restatement, name="restatement"),
    path("registers/", registers.overview, name="registers"),
    path("registers/<slug:register>/<slug:body>/<slug:round>/new/", registers.item, name="register_item_new"),
    path(
        "registers/<slug:register>/<slug:body>/<slug:round>/<slug:key>/", registers.item, name="register_item"
    ),
    path(
        "registers/<slug:register>/<slug:body>/<slug:round>/<slug:key>/move/",
        registers.move,
        name="register_item_move",
    ),
    path(
        "registers/<slug:register>/<slug:body>/<slug:round>/<slug:key>/remove/",
        registers.remove,
        name="register_item_remove",
    ),
    path(
        "registers/<slug:register>/<slug:body>/<slug:round>/<slug:key>/restore/",
        registers.restore,
        name="register_item_restore",
    ),
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
