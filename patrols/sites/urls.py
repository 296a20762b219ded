"""Addresses of construction sites."""

from django.urls import path

from patrols.sites.views import keeping, looking

app_name = "sites"
urlpatterns = [
    path("", looking.site_list, name="list"),
    path("new/", keeping.new_site, name="new"),
    path("faults/<int:pk>/case/", keeping.fault_case, name="fault-case"),
    path("<int:pk>/", looking.site, name="site"),
    path("<int:pk>/change/", keeping.change_site, name="change"),
    path("<int:pk>/inspect/", keeping.inspect, name="inspect"),
    path("<int:pk>/permits/new/", keeping.new_permit, name="new-permit"),
    path("<int:pk>/permits/<int:permit>/", keeping.change_permit, name="permit"),
]
