"""Addresses of teams."""

from django.urls import path

from patrols.teams.views import arranging, attending, looking

app_name = "teams"
urlpatterns = [
    path("", looking.team_list, name="list"),
    path("duties/<int:duty>/check-in/", attending.check_in, name="check-in"),
    path("duties/<int:duty>/check-out/", attending.check_out, name="check-out"),
    path("<int:pk>/", looking.team, name="team"),
    path("<int:pk>/calendar/", looking.calendar, name="calendar"),
    path("<int:pk>/plan/", arranging.plan, name="plan"),
    path("<int:pk>/shifts/", looking.shift_list, name="shifts"),
    path("<int:pk>/shifts/usual/", arranging.usual_shifts, name="usual-shifts"),
    path("<int:pk>/shifts/new/", arranging.new_shift, name="new-shift"),
    path("<int:pk>/shifts/<int:shift>/", arranging.shift, name="shift"),
    path("<int:pk>/area/", arranging.area, name="area"),
    path("<int:pk>/rotation/", arranging.rotation, name="rotation"),
    path("<int:pk>/duties/new/", arranging.add_duty, name="add-duty"),
    path("<int:pk>/duties/<int:duty>/", arranging.duty, name="duty"),
    path("<int:pk>/duties/<int:duty>/remove/", arranging.remove_duty, name="remove-duty"),
    path("<int:pk>/duties/<int:duty>/presence/", arranging.presence, name="presence"),
    path("<int:pk>/leave/new/", arranging.new_leave, name="new-leave"),
    path("<int:pk>/leave/<int:leave>/", arranging.end_leave, name="end-leave"),
    path("<int:pk>/certificates/", looking.certificates, name="certificates"),
    path("<int:pk>/certificates/new/", arranging.new_certificate, name="new-certificate"),
    path("<int:pk>/certificates/<int:certificate>/", arranging.certificate, name="certificate"),
]
