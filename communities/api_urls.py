"""Addresses of the API of communities."""

from django.urls import path

from communities import api

urlpatterns = [
    path("communities/", api.CommunityListView.as_view(), name="api-communities"),
    path("communities/locate/", api.LocateView.as_view(), name="api-locate"),
    path("communities/<str:code>/", api.CommunityView.as_view(), name="api-community"),
    path("communities/<str:code>/assignments/", api.AssignmentListView.as_view(), name="api-assignments"),
]
