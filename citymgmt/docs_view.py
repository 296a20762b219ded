"""The browsable description of the API."""

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.utils.decorators import method_decorator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from citymgmt.people.doors import Door


class SchemaView(Door, SpectacularAPIView):
    """The OpenAPI description, for whoever is logged in, by session or by token; `?format=json` for JSON."""

    permission_classes = [IsAuthenticated]
    renderer_classes = [OpenApiYamlRenderer, OpenApiJsonRenderer]

    def _check_query(self, request: Request) -> None:
        """The description takes `format` and `lang`; what it does not know it ignores."""


@method_decorator(login_required, name="dispatch")
@method_decorator(csp_update({"style-src": "'unsafe-inline'"}), name="dispatch")
class SwaggerView(SpectacularSwaggerSplitView):
    """Swagger UI from vendored files; it alone needs inline styles."""
