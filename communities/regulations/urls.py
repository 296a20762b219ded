"""Addresses of regulations."""

from django.urls import path

from communities.regulations.views import importing, keeping, looking

app_name = "regulations"
urlpatterns = [
    path("", looking.regulations, name="list"),
    path("new/", keeping.new, name="new"),
    path("import/", importing.import_list, name="import"),
    path("files/<int:pk>/", looking.file, name="file"),
    path("<int:pk>/", looking.regulation, name="regulation"),
    path("<int:pk>/change/", keeping.change, name="change"),
    path("<int:pk>/replace/", keeping.replace, name="replace"),
    path("<int:pk>/abolish/", keeping.abolish, name="abolish"),
]
