"""API addresses."""

urlpatterns: list = []
