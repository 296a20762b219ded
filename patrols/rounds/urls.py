"""Addresses of rounds."""

from patrols.rounds.planning_urls import planning_urls
from patrols.rounds.walking_urls import walking_urls

app_name = "rounds"
urlpatterns = [*walking_urls, *planning_urls]
