"""Addresses of walking a round."""

from django.urls import path

from patrols.rounds.views import scanning, walking, walking_list, walking_photos

walking_urls = [
    path("", walking_list.rounds, name="list"),
    path("scan/<str:code>/", scanning.scan, name="scan"),
    path("photos/<int:pk>/", walking_photos.photo, name="photo"),
    path("photos/<int:pk>/<str:size>/", walking_photos.photo_file, name="photo-file"),
    path("<int:pk>/", walking.round_page, name="round"),
    path("<int:pk>/start/", walking.start, name="start"),
    path("<int:pk>/points/<int:ordinal>/see/", walking.see, name="see"),
    path("<int:pk>/points/<int:ordinal>/skip/", walking.skip, name="skip"),
    path("<int:pk>/finish/", walking.finish, name="finish"),
    path("<int:pk>/excuse/", walking.excuse, name="excuse"),
]
