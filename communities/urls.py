"""Addresses of communities and their officers."""

from django.urls import path

from communities.views import arrange, browse, importing

app_name = "communities"
urlpatterns = [
    path("", browse.communities, name="list"),
    path("import/", importing.import_list, name="import"),
    path("handovers/<int:pk>/", browse.handover_sheet, name="handover"),
    path("<str:code>/", browse.community, name="detail"),
    path("<str:code>/people/", browse.people, name="people"),
    path("<str:code>/assign/", arrange.assign, name="assign"),
    path("<str:code>/assignments/<int:pk>/end/", arrange.end, name="end"),
    path("<str:code>/leave/", arrange.leave, name="leave"),
    path("<str:code>/leaves/<int:pk>/end/", arrange.end_leave, name="end_leave"),
    path("<str:code>/hand-over/", arrange.hand_over, name="hand_over"),
]
