"""The browsable description of the API."""

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularSwaggerSplitView


@method_decorator(csp_update({"style-src": "'unsafe-inline'"}), name="dispatch")
class SwaggerView(SpectacularSwaggerSplitView):
    """Swagger UI from vendored files; it alone needs inline styles."""
