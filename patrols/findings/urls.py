"""Addresses of findings."""

from django.urls import path

from patrols.findings.views import looking, noting

app_name = "findings"
urlpatterns = [
    path("", looking.finding_list, name="list"),
    path("new/", noting.new_finding, name="new"),
    path("rounds/<int:round>/points/<int:ordinal>/new/", noting.finding_at_point, name="at-point"),
    path("photos/<int:pk>/<str:size>/", looking.photo_file, name="photo-file"),
    path("<int:pk>/", looking.finding, name="finding"),
    path("<int:pk>/case/", noting.finding_case, name="case"),
]
