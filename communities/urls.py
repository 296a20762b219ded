"""Addresses of communities and their officers."""

from django.urls import path

from communities import views

app_name = "communities"
urlpatterns = [
    path("", views.communities, name="list"),
    path("<str:code>/", views.community, name="detail"),
    path("<str:code>/assign/", views.assign, name="assign"),
    path("<str:code>/leave/", views.leave, name="leave"),
    path("<str:code>/hand-over/", views.hand_over, name="hand_over"),
    path("handovers/<int:pk>/", views.handover_sheet, name="handover"),
]
