"""Addresses of illegal buildings."""

from django.urls import path

from patrols.illegal_buildings.views import counting, files, keeping, looking

app_name = "buildings"
urlpatterns = [
    path("", looking.building_list, name="list"),
    path("new/", keeping.new_building, name="new"),
    path("figures/", counting.figures, name="figures"),
    path("account/", counting.account, name="account"),
    path("photos/<int:pk>/<str:size>/", files.photo_file, name="photo"),
    path("<int:pk>/", looking.building, name="building"),
    path("papers/<int:pk>/", files.paper_file, name="paper"),
    path("export/<str:kind>/", files.register_file, name="export"),
    path("<int:pk>/case/", keeping.log_case, name="case"),
    path("<int:pk>/change/", keeping.change_building, name="change"),
    path("<int:pk>/<str:action>/", keeping.act_on, name="act"),
]
