"""Addresses of the inbox and of the ledger of deliveries."""

from django.urls import path

from citymgmt.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("unread/", views.unread, name="unread"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/<int:pk>/retry/", views.retry, name="retry"),
    path("<int:pk>/", views.open_message, name="open"),
]
