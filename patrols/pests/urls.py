"""Addresses of pest control."""

app_name = "pests"
urlpatterns: list = []
