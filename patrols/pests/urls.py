"""Addresses of pest control."""

from django.urls import path

from patrols.pests.views import keeping, looking

app_name = "pests"
urlpatterns = [
    path("", looking.overview, name="list"),
    path("indices/<slug:code>/", looking.index, name="index"),
    path("operations/", looking.operations, name="operations"),
    path("operations/new/", keeping.new_operation, name="new-operation"),
    path("operations/<int:pk>/", looking.operation, name="operation"),
    path("operations/<int:pk>/change/", keeping.change_operation, name="change-operation"),
    path("operations/<int:pk>/check/", keeping.check_operation, name="check-operation"),
    path("surveys/", looking.surveys, name="surveys"),
    path("surveys/new/<slug:method>/", keeping.new_survey, name="new-survey"),
    path("surveys/<int:pk>/", keeping.change_survey, name="survey"),
    path("surveys/<int:pk>/remove/", keeping.remove_survey, name="remove-survey"),
    path("sites/", looking.sites, name="sites"),
    path("sites/new/", keeping.new_site, name="new-site"),
    path("sites/<int:pk>/", looking.site, name="site"),
    path("sites/<int:pk>/close/", keeping.close_site, name="close-site"),
    path("sites/<int:pk>/again/", keeping.find_again, name="find-again"),
    path("limits/", looking.limits, name="limits"),
    path("limits/<slug:index>/<slug:level>/", keeping.limit, name="limit"),
]
