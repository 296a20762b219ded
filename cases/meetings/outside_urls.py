"""Addresses of units without a log-in, and of their links."""

from django.urls import path

from cases.meetings.views import evidence, outside, outside_papers

urlpatterns = [
    path("meetings/units/<int:pk>/links/", outside.links, name="unit-links"),
    path("meetings/units/<int:pk>/links/end/", outside.end_links, name="end-links"),
    path("unit/", outside.outside, name="outside"),
    path("unit/open/", outside.enter, name="enter"),
    path("unit/open/<str:secret>/", outside.knock, name="knock"),
    path("unit/leave/", outside.leave, name="leave"),
    path("unit/seats/<int:pk>/", outside.answer, name="outside-answer"),
    path("unit/seats/<int:pk>/calendar/", outside.outside_calendar, name="outside-calendar"),
    path("unit/resolutions/<str:number>/", outside.resolution, name="outside-resolution"),
    path("unit/resolutions/<str:number>/<slug:name>/", outside.resolution, name="outside-report"),
    path("unit/evidence/<int:pk>/", evidence.outside_evidence, name="outside-evidence"),
    path("unit/evidence/<int:pk>/<str:size>/", evidence.outside_evidence_file, name="outside-evidence-file"),
    path("unit/papers/<slug:what>/<int:pk>/", outside_papers.paper, name="outside-paper"),
    path("unit/papers/<slug:what>/<int:pk>/<slug:suffix>/", outside_papers.paper_file, name="outside-paper-file"),
]
