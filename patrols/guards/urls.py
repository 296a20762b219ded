"""Addresses of guard posts and key places."""

from django.urls import path

from patrols.guards.views import figures, places, posts, roster, watches

app_name = "guards"
urlpatterns = [
    path("", posts.post_list, name="list"),
    path("new/", posts.new_post, name="new"),
    path("mine/", watches.mine, name="mine"),
    path("figures/", figures.figures, name="figures"),
    path("roster/<int:pk>/", roster.roster, name="roster"),
    path("roster/<int:pk>/plan/", roster.plan, name="plan"),
    path("hours/<int:pk>/", posts.change_hours, name="change-hours"),
    path("watches/<int:pk>/", watches.watch, name="watch"),
    path("watches/<int:pk>/arrive/", watches.arrive, name="arrive"),
    path("watches/<int:pk>/leave/", watches.leave, name="leave"),
    path("watches/<int:pk>/absence/", watches.absence, name="absence"),
    path("watches/<int:pk>/assign/", watches.assign, name="assign"),
    path("photos/<int:pk>/<str:size>/", watches.photo, name="photo"),
    path("places/", places.place_list, name="places"),
    path("places/deductions/", places.deductions, name="deductions"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/look/", places.look, name="look"),
    path("<int:pk>/", posts.post, name="post"),
    path("<int:pk>/change/", posts.change_post, name="change"),
    path("<int:pk>/hours/", posts.new_hours, name="new-hours"),
]
