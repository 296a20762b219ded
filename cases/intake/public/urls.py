"""Addresses of what everybody may read."""

from django.urls import path

from cases.intake.public import views

app_name = "public"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("cases.csv", views.open_data, name="csv"),
    path("<str:number>/", views.one_case, name="case"),
]
