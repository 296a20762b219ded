"""Addresses of the portal, composed by name; each app keeps its own."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path, re_path
from django.views.i18n import set_language

from citymgmt.docs_view import SchemaView, SwaggerView
from citymgmt.health import views as health
from citymgmt.people.doors import UnknownAddress
from citymgmt.people.log_in import PortalLogInView
from citymgmt.people.views.home import home

handler500 = "citymgmt.mistakes.server_error"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("operations/", health.operations, name="operations"),
    path("operations/retry/", health.retry, name="operations-retry"),
    path("", home, name="home"),
    path("login/", login_not_required(PortalLogInView.as_view()), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),  # the switch on the log-in page
    path("admin/", admin.site.urls),
    path("", include("citymgmt.people.urls")),
    path("inbox/", include("citymgmt.outbox.urls")),
    path("calendar/", include("citymgmt.worktime.urls")),
    path("communities/boards/", include("communities.boards.urls")),
    path("communities/duties/", include("communities.four_duties.urls")),
    path("areas/", include("communities.areas.urls")),
    path("committees/", include("communities.committees.urls")),
    path("regulations/", include("communities.regulations.urls")),
    path("communities/institutions/", include("communities.institutions.urls")),
    path("projects/", include("communities.projects.urls")),
    path("public/projects/", include("communities.projects.public_urls")),
    path("communities/", include("communities.urls")),
    path("boards/", include("communities.boards.public_urls")),
    path("", include("cases.urls")),
    path("", include("cases.statistics.urls")),
    path("", include("cases.meetings.urls")),
    path("", include("cases.intake.urls")),
    path("publicity/", include("cases.publicity.urls")),
    path("", include("patrols.urls")),
    path("", include("cases.intake.office.urls")),
    path("public/", include("cases.intake.public.urls")),
    path("open311/", include("cases.intake.open311.urls")),
    path("api/v1/schema/", SchemaView.as_view(), name="schema"),
    path("api/v1/docs/", SwaggerView.as_view(url_name="schema"), name="api-docs"),
    path("api/v1/", include("citymgmt.people.api_urls")),
    path("api/v1/", include("citymgmt.outbox.api_urls")),
    path("api/v1/", include("communities.api_urls")),
    path("api/v1/", include("cases.api_urls")),
    re_path(r"^api/", UnknownAddress.as_view()),  # the last: what nobody took
]
