"""Addresses of the API of cases."""

from django.urls import path

from cases.api import cases, many, nearby, photos, reference, reporters

urlpatterns = [
    path("cases/", cases.CaseListView.as_view(), name="api-cases"),
    path("cases/bulk/", many.BulkView.as_view(), name="api-bulk"),
    path("cases/nearby/", nearby.NearbyView.as_view(), name="api-nearby"),
    path("cases/<str:number>/", cases.CaseView.as_view(), name="api-case"),
    path("cases/<str:number>/actions/<str:action>/", cases.ActView.as_view(), name="api-case-act"),
    path("cases/<str:number>/reporter/", reporters.ReporterView.as_view(), name="api-case-reporter"),
    path("cases/<str:number>/events/", cases.EventListView.as_view(), name="api-case-events"),
    path("photos/", photos.PhotoListView.as_view(), name="api-photos"),
    path("photos/<str:photo>/", photos.PhotoView.as_view(), name="api-photo"),
    path("photos/<str:photo>/redact/", photos.PhotoRedactView.as_view(), name="api-photo-redact"),
    path("photos/<str:photo>/<str:size>/", photos.PhotoFileView.as_view(), name="api-photo-file"),
    path("exports/", many.ExportListView.as_view(), name="api-exports"),
    path("exports/<str:export>/", many.ExportView.as_view(), name="api-export"),
    path("exports/<str:export>/file/", many.ExportFileView.as_view(), name="api-export-file"),
    path("views/", many.ViewListView.as_view(), name="api-views"),
    path("escalations/", reference.EscalationListView.as_view(), name="api-escalations"),
    path("escalations/<str:number>/", reference.EscalationView.as_view(), name="api-escalation"),
    path("standards/", reference.StandardListView.as_view(), name="api-standards"),
    path("categories/", reference.CategoryListView.as_view(), name="api-categories"),
    path("organisations/", reference.OrganisationListView.as_view(), name="api-organisations"),
]
