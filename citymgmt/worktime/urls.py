"""Addresses of the calendar."""

from django.urls import path

from citymgmt.worktime import views

app_name = "worktime"
urlpatterns = [path("", views.calendar, name="calendar")]
