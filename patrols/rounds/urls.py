"""Addresses of rounds."""

from patrols.rounds.walking_urls import walking_urls

app_name = "rounds"
urlpatterns = [*walking_urls]
