"""Addresses of residential areas."""

from django.urls import path

from communities.areas.views import counting, files, importing, keeping, looking, ruling

app_name = "areas"
urlpatterns = [
    path("", looking.area_list, name="list"),
    path("new/", keeping.new_area, name="new"),
    path("ranking/", looking.ranking, name="ranking"),
    path("coverage/", counting.coverage_page, name="coverage"),
    path("import/", importing.import_list, name="import"),
    path("import/template/", importing.template, name="template"),
    path("rules/", ruling.rules, name="rules"),
    path("rules/criteria/", ruling.criteria, name="criteria"),
    path("rules/<str:name>/", ruling.rule, name="rule"),
    path("photos/<int:pk>/<str:size>/", files.photo_file, name="photo"),
    path("export/<str:kind>/", files.register_file, name="export"),
    path("<int:pk>/", looking.area, name="area"),
    path("<int:pk>/change/", keeping.change_area, name="change"),
    path("<int:pk>/assess/", keeping.assess, name="assess"),
    path("<int:pk>/<str:action>/", keeping.act_on, name="act"),
]
