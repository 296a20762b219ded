"""Addresses of owners' committees."""

from django.urls import path

from communities.committees.views import keeping, looking

app_name = "committees"
urlpatterns = [
    path("", looking.committee_list, name="list"),
    path("of/<int:pk>/new/", keeping.apply, name="new"),
    path("units/", keeping.template, name="template"),
    path("<int:pk>/", looking.committee, name="committee"),
    path("<int:pk>/vote/", keeping.vote, name="vote"),
    path("<int:pk>/<str:action>/", keeping.act_on, name="act"),
]
