"""The addresses of procurement and purchases."""

from __future__ import annotations

from django.urls import path

from uppsikt.procurement.views import agreements, lists, open_data, procurements, suppliers

app_name = "procurement"

urlpatterns = [
    path("purchases/", lists.overview, name="overview"),
    path("purchases.xlsx", lists.workbook, name="workbook"),
    path("purchases/open-data/<slug:round>.csv", open_data.csv, name="open_data"),
    path("purchases/limits/", lists.limits, name="limits"),
    path("purchases/limits/new/", procurements.limit_new, name="limit_new"),
    path("purchases/limits/<int:pk>/remove/", procurements.limit_remove, name="limit_remove"),
    path("purchases/follow-ups/", lists.follow_ups, name="follow_ups"),
    path("purchases/suppliers/", lists.suppliers, name="suppliers"),
    path("purchases/suppliers.xlsx", lists.suppliers_workbook, name="suppliers_workbook"),
    path("purchases/suppliers/new/", suppliers.new, name="supplier_new"),
    path("purchases/suppliers/<slug:key>/", suppliers.supplier, name="supplier"),
    path("purchases/suppliers/<slug:key>/change/", suppliers.change, name="supplier_change"),
    path("purchases/suppliers/<slug:key>/remove/", suppliers.remove, name="supplier_remove"),
    path("purchases/suppliers/<slug:key>/restore/", suppliers.restore, name="supplier_restore"),
    path("purchases/suppliers/<slug:key>/check/", suppliers.check, name="supplier_check"),
    path("purchases/suppliers/<slug:key>/handle/<int:year>/", suppliers.handle, name="supplier_handle"),
    path("purchases/agreements/", lists.agreements, name="agreements"),
    path("purchases/agreements.xlsx", lists.agreements_workbook, name="agreements_workbook"),
    path("purchases/agreements/new/", agreements.new, name="agreement_new"),
    path("purchases/agreements/<slug:key>/", agreements.agreement, name="agreement"),
    path("purchases/agreements/<slug:key>/change/", agreements.change, name="agreement_change"),
    path("purchases/agreements/<slug:key>/remove/", agreements.remove, name="agreement_remove"),
    path("purchases/agreements/<slug:key>/restore/", agreements.restore, name="agreement_restore"),
    path("purchases/agreements/<slug:key>/follow-up/", agreements.follow_up, name="agreement_follow_up"),
    path("purchases/procurements/", lists.procurements, name="procurements"),
    path("purchases/procurements.xlsx", lists.procurements_workbook, name="procurements_workbook"),
    path("purchases/procurements/new/", procurements.new, name="procurement_new"),
    path("purchases/procurements/<slug:key>/", procurements.procurement, name="procurement"),
    path("purchases/procurements/<slug:key>/change/", procurements.change, name="procurement_change"),
    path("purchases/procurements/<slug:key>/remove/", procurements.remove, name="procurement_remove"),
    path("purchases/procurements/<slug:key>/restore/", procurements.restore, name="procurement_restore"),
]
