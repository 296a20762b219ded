"""Addresses of the statistics."""

from django.urls import path

from cases.statistics import views
from cases.statistics.views import bulletins, chain, screen

app_name = "statistics"
urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("statistics/evaluation/", views.evaluation, name="evaluation"),
    path("statistics/steadiness/", views.steadiness_page, name="steadiness"),
    path("statistics/hot-spots/", views.hot_spots_page, name="hot-spots"),
    path("statistics/hot-spots/cases/", views.spot, name="spot"),
    path("statistics/league/", views.league, name="league"),
    path("statistics/escalations/", views.dealt, name="dealt"),
    path("statistics/evaluations/", views.frozen_list, name="frozen-list"),
    path("statistics/evaluations/freeze/", views.freeze, name="freeze"),
    path("statistics/evaluations/<int:pk>/", views.frozen, name="frozen"),
    path("statistics/evaluations/<int:pk>/cases/", views.frozen_cases, name="frozen-cases"),
    path("statistics/evaluations/<int:pk>/excel/", views.frozen_excel, name="frozen-excel"),
    path("statistics/evaluations/<int:pk>/publish/", views.publish, name="publish"),
    path("statistics/evaluations/<int:pk>/discard/", views.discard, name="discard"),
    path("statistics/bulletins/", bulletins.bulletin_list, name="bulletins"),
    path("statistics/bulletins/draft/", bulletins.draft, name="draft-bulletin"),
    path("statistics/bulletins/<int:pk>/", bulletins.bulletin, name="bulletin"),
    path("statistics/bulletins/<int:pk>/edit/", bulletins.edit, name="edit-bulletin"),
    path("statistics/bulletins/<int:pk>/anew/<str:key>/", bulletins.anew, name="anew-section"),
    path("statistics/bulletins/<int:pk>/issue/", bulletins.issue, name="issue-bulletin"),
    path("statistics/bulletins/<int:pk>/discard/", bulletins.discard, name="discard-bulletin"),
    path("statistics/bulletins/<int:pk>/make/", bulletins.make_files, name="make-bulletin"),
    path("statistics/bulletins/<int:pk>/files/", bulletins.files, name="bulletin-files"),
    path("statistics/bulletins/<int:pk>/files/<str:kind>/", bulletins.bulletin_file, name="bulletin-file"),
    path("statistics/bulletins/<int:pk>/charts/<str:name>/", bulletins.chart, name="bulletin-chart"),
    path("statistics/map/", views.figures_map, name="map"),
    path("statistics/map/points/", views.map_points, name="map-points"),
    path("statistics/map/cases/", views.map_cases, name="map-cases"),
    path("statistics/cases/", views.counted, name="counted"),
    path("statistics/chain/", chain.chain, name="chain"),
    path("statistics/chain/appoint/", chain.appoint, name="appoint"),
    path("statistics/chain/<int:pk>/end/", chain.end, name="end-answering"),
    path("screen/", screen.screen, name="screen"),
]
