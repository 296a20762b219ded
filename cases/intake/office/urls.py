"""Addresses of the office's settings about what goes out."""

from django.urls import path

from cases.intake.office import views

app_name = "office"
urlpatterns = [
    path("cases/<str:number>/publication/", views.publication, name="publication"),
    path("residents/programs/", views.programs, name="programs"),
    path("residents/programs/<int:pk>/end/", views.end_program, name="end-program"),
]
