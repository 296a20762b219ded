"""Addresses of the statistics."""

from django.urls import path

from cases.statistics import views

app_name = "statistics"
urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("statistics/evaluation/", views.evaluation, name="evaluation"),
    path("statistics/league/", views.league, name="league"),
    path("statistics/escalations/", views.dealt, name="dealt"),
    path("statistics/cases/", views.counted, name="counted"),
]
