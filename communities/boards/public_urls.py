"""Addresses that are open to everybody."""

from django.urls import path

from communities.boards.views import public

app_name = "public_boards"
urlpatterns = [
    path("", public.communities, name="list"),
    path("<str:code>/", public.community, name="community"),
    path("<str:code>/portrait/", public.portrait, name="portrait"),
]
