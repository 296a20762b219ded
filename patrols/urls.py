"""Addresses of patrols; each room keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("teams/", include("patrols.teams.urls")),
    path("stations/", include("patrols.stations.urls")),
    path("sites/", include("patrols.sites.urls")),
    path("buildings/", include("patrols.illegal_buildings.urls")),
    path("rounds/", include("patrols.rounds.urls")),
    path("findings/", include("patrols.findings.urls")),
    path("cleanliness/", include("patrols.cleanliness.urls")),
    path("pests/", include("patrols.pests.urls")),
    path("guards/", include("patrols.guards.urls")),
]
