"""Addresses of the API of the inbox."""

from django.urls import path

from citymgmt.outbox import api

urlpatterns = [
    path("inbox/", api.InboxView.as_view(), name="api-inbox"),
    path("inbox/read/", api.ReadView.as_view(), name="api-inbox-read"),
]
