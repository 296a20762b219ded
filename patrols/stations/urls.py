"""Addresses of stations."""

from django.urls import path

from patrols.stations.views import checking, keeping, looking

app_name = "stations"
urlpatterns = [
    path("", looking.station_list, name="list"),
    path("new/", keeping.new_station, name="new"),
    path("checklists/", keeping.checklists, name="checklists"),
    path("checklists/<str:kind>/usual/", keeping.usual_items, name="usual-items"),
    path("checklists/<str:kind>/new/", keeping.new_item, name="new-item"),
    path("items/<int:pk>/", keeping.item, name="item"),
    path("checks/<int:pk>/", looking.check, name="check"),
    path("checks/<int:pk>/make/", checking.make, name="make"),
    path("checks/<int:pk>/excuse/", checking.excuse, name="excuse"),
    path("checks/<int:pk>/answers/<int:ordinal>/case/", checking.log_case, name="log-case"),
    path("photos/<int:pk>/<str:size>/", looking.photo, name="photo"),
    path("<int:pk>/", looking.station, name="station"),
    path("<int:pk>/change/", keeping.station, name="change"),
]
