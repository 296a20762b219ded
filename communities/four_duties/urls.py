"""Addresses of the four duties."""

from django.urls import path

from communities.four_duties.views import answering, keeping, looking

app_name = "four_duties"
urlpatterns = [
    path("", looking.sheets, name="list"),
    path("list/", keeping.duties, name="duties"),
    path("list/usual/", keeping.usual_duties, name="usual"),
    path("list/new/", keeping.new_duty, name="new"),
    path("list/<int:pk>/", keeping.duty, name="duty"),
    path("photos/<int:pk>/<str:size>/", looking.photo, name="photo"),
    path("<int:pk>/", looking.sheet, name="sheet"),
    path("<int:pk>/fill/", answering.fill, name="fill"),
    path("<int:pk>/confirm/", answering.confirm, name="confirm"),
    path("<int:pk>/give-back/", answering.give_back, name="give-back"),
]
