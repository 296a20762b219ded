"""Addresses of minutes."""

from django.urls import path

from cases.meetings.views import minutes

urlpatterns = [
    path("meetings/<int:pk>/minutes/", minutes.new, name="new-minutes"),
    path("meetings/<int:pk>/minutes/draft/", minutes.draft, name="draft-minutes"),
    path("minutes/<int:pk>/", minutes.minutes, name="minutes"),
    path("minutes/<int:pk>/edit/", minutes.edit, name="edit-minutes"),
    path("minutes/<int:pk>/step/<slug:name>/", minutes.step, name="step-minutes"),
    path("minutes/<int:pk>/discard/", minutes.discard, name="discard-minutes"),
    path("minutes/<int:pk>/make/", minutes.make, name="make-minutes"),
    path("minutes/<int:pk>/files/", minutes.files, name="minutes-files"),
    path("minutes/<int:pk>/files/<str:kind>/", minutes.minutes_file, name="minutes-file"),
    path("minutes/receipts/<int:pk>/", minutes.receive, name="receive-minutes"),
]
