"""Addresses that are open to everybody."""

from django.urls import path

from communities.projects.views import public

app_name = "public_projects"
urlpatterns = [
    path("", public.projects, name="list"),
    path("<int:pk>/", public.project, name="project"),
    path("<int:pk>/photos/<int:photo>/<str:size>/", public.photo, name="photo"),
]
