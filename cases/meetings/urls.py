"""Addresses of joint meetings."""

from django.urls import include, path

from cases.meetings.views import stand_in

app_name = "meetings"
urlpatterns = [
    path("meetings/plan/", stand_in.plan, name="plan"),
    path("meetings/<int:pk>/", stand_in.meeting, name="meeting"),
    path("", include("cases.meetings.resolution_urls")),
    path("", include("cases.meetings.minutes_urls")),
]
