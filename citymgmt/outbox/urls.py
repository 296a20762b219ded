"""Addresses of the inbox."""

from django.urls import path

from citymgmt.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.open_message, name="open"),
]
