"""Addresses of joint meetings."""

from django.urls import include, path

from cases.meetings.views import agenda, meetings, meetings_planning, meetings_seats, units

app_name = "meetings"
urlpatterns = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/plan/", meetings_planning.plan, name="plan"),
    path("meetings/units/", units.unit_list, name="units"),
    path("meetings/units/new/", units.new_unit, name="new-unit"),
    path("meetings/units/of/<int:pk>/", units.unit_of_institution, name="unit-of"),
    path("meetings/units/<int:pk>/", units.unit, name="unit"),
    path("meetings/rules/", units.rule_list, name="rules"),
    path("meetings/rules/new/", units.new_rule, name="new-rule"),
    path("meetings/rules/<int:pk>/", units.rule, name="rule"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/calendar.ics", meetings.calendar, name="calendar"),
    path("meetings/<int:pk>/change/", meetings_planning.change, name="change"),
    path("meetings/<int:pk>/invite/", meetings_planning.invite, name="invite"),
    path("meetings/<int:pk>/call-off/", meetings_planning.call_off, name="call-off"),
    path("meetings/<int:pk>/hold/", meetings_planning.hold, name="hold"),
    path("meetings/<int:pk>/seats/<int:seat>/", meetings_seats.answer, name="answer"),
    path("meetings/<int:pk>/attendance/", meetings_seats.attendance, name="attendance"),
    path("meetings/<int:pk>/proposals/", agenda.proposals, name="proposals"),
    path("meetings/<int:pk>/texts/", agenda.texts, name="texts"),
    path("meetings/<int:pk>/items/new/", agenda.new_item, name="new-item"),
    path("meetings/<int:pk>/items/<int:item>/", agenda.write, name="write"),
    path("meetings/<int:pk>/items/<int:item>/move/", agenda.move, name="move-item"),
    path("meetings/<int:pk>/items/<int:item>/remove/", agenda.remove, name="remove-item"),
    path("", include("cases.meetings.resolution_urls")),
    path("", include("cases.meetings.minutes_urls")),
    path("", include("cases.meetings.circulars_urls")),
    path("", include("cases.meetings.outside_urls")),
]
