"""Addresses of routes, their points and signs, plans and classes of places."""

from django.urls import path

from patrols.rounds.views import classes, covered, plans, points, routes, signs

planning_urls = [
    path("figures/", covered.figures, name="figures"),
    path("routes/", routes.route_list, name="routes"),
    path("routes/new/", routes.new_route, name="new-route"),
    path("routes/<int:pk>/", routes.route, name="route"),
    path("routes/<int:pk>/change/", routes.change_route, name="change-route"),
    path("routes/<int:pk>/points/new/", points.new_point, name="new-point"),
    path("routes/<int:pk>/points/<int:point>/", points.change_point, name="point"),
    path("routes/<int:pk>/points/<int:point>/code/", points.new_sign, name="renew-code"),
    path("routes/<int:pk>/key-places/", points.key_places, name="add-key-places"),
    path("routes/<int:pk>/sites/", points.sites, name="add-sites"),
    path("routes/<int:pk>/areas/", points.residential_areas, name="add-areas"),
    path("routes/<int:pk>/hot-spots/", points.hot_spots, name="hot-spots"),
    path("routes/<int:pk>/hot-spots/<int:case>/", points.add_hot, name="add-hot-spot"),
    path("routes/<int:pk>/signs/", signs.signs, name="signs"),
    path("routes/<int:pk>/plan/", plans.draft, name="draft"),
    path("routes/plans/<int:pk>/", plans.plan, name="plan"),
    path("routes/plans/<int:pk>/withdraw/", plans.withdraw, name="withdraw-plan"),
    path("routes/classes/", classes.class_list, name="classes"),
    path("routes/classes/usual/", classes.usual, name="usual-classes"),
    path("routes/classes/new/", classes.new_class, name="new-class"),
    path("routes/classes/<int:pk>/", classes.change_class, name="class"),
]
