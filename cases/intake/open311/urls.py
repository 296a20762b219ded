"""Addresses of Open311: what is asked for ends in the format."""

from django.urls import re_path

from cases.intake.open311 import views

FORMAT = r"\.(?P<suffix>xml|json)\Z"
PART = r"[^/]{1,80}"

app_name = "open311"
urlpatterns = [
    re_path(rf"^(?:v2/)?discovery{FORMAT}", views.discovery, name="discovery"),
    re_path(rf"^v2/services{FORMAT}", views.service_list, name="services"),
    re_path(rf"^v2/services/(?P<code>{PART}){FORMAT}", views.definition, name="service"),
    re_path(rf"^v2/requests{FORMAT}", views.requests, name="requests"),
    re_path(rf"^v2/requests/(?P<number>{PART}){FORMAT}", views.one_request, name="request"),
    re_path(rf"^v2/tokens/(?P<token>{PART}){FORMAT}", views.token, name="token"),
    re_path(rf"^v2/servicerequestupdates{FORMAT}", views.updates, name="updates"),
    re_path(r"", views.unknown),  # the last: what nobody took
]
