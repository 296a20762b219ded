"""Addresses of circulars."""

from django.urls import path

from cases.meetings.views import circulars, circulars_writing

urlpatterns = [
    path("circulars/", circulars.circular_list, name="circulars"),
    path("circulars/new/", circulars_writing.new, name="new-circular"),
    path("circulars/<int:pk>/", circulars.circular, name="circular"),
    path("circulars/<int:pk>/edit/", circulars_writing.edit, name="edit-circular"),
    path("circulars/<int:pk>/step/<slug:name>/", circulars_writing.step, name="step-circular"),
    path("circulars/<int:pk>/discard/", circulars_writing.discard, name="discard-circular"),
    path("circulars/<int:pk>/make/", circulars.make, name="make-circular"),
    path("circulars/<int:pk>/files/", circulars.files, name="circular-files"),
    path("circulars/<int:pk>/files/<str:kind>/", circulars.circular_file, name="circular-file"),
    path("circulars/<int:pk>/remind/", circulars.remind, name="remind-circular"),
    path("circulars/receipts/<int:pk>/", circulars.receive, name="receive-circular"),
]
