"""Addresses of cleanliness."""

from django.urls import path

from patrols.cleanliness.views import keeping, looking

app_name = "cleanliness"
urlpatterns = [
    path("", looking.overview, name="list"),
    path("segments/", looking.segments, name="segments"),
    path("segments/new/", keeping.new_segment, name="new-segment"),
    path("segments/<int:pk>/", keeping.segment, name="segment"),
    path("samples/", looking.draws, name="draws"),
    path("samples/new/", keeping.new_draw, name="new-draw"),
    path("samples/<int:pk>/", looking.draw, name="draw"),
    path("points/<int:pk>/", keeping.point, name="point"),
    path("spots/", looking.spots, name="spots"),
    path("spots/new/", keeping.new_spot, name="new-spot"),
    path("spots/<int:pk>/", looking.spot, name="spot"),
    path("spots/<int:pk>/look/", keeping.look_at_spot, name="look-at-spot"),
]
