"""Addresses of publicity, forums and suggestions."""

from django.urls import path

from cases.publicity.views import counting, files, forums, importing, items, keeping, suggesters, suggestions

app_name = "publicity"
urlpatterns = [
    path("", items.item_list, name="items"),
    path("month/", items.month, name="month"),
    path("figures/", counting.item_figures, name="figures"),
    path("new/", keeping.new, name="new"),
    path("import/", importing.import_list, name="import"),
    path("import/template/", importing.template, name="template"),
    path("export/<str:kind>/", files.items_file, name="export"),
    path("photos/<int:pk>/<str:size>/", files.photo_file, name="photo"),
    path("<int:pk>/", items.item, name="item"),
    path("<int:pk>/change/", keeping.change, name="change"),
    path("<int:pk>/<str:action>/", keeping.act_on, name="act"),
    path("forums/", forums.forum_list, name="forums"),
    path("forums/new/", forums.new, name="new-forum"),
    path("forums/<int:pk>/", forums.forum, name="forum"),
    path("forums/<int:pk>/change/", forums.change, name="change-forum"),
    path("forums/<int:pk>/<str:action>/", forums.act_on, name="act-forum"),
    path("suggestions/", suggestions.suggestion_list, name="suggestions"),
    path("suggestions/new/", suggestions.new, name="new-suggestion"),
    path("suggestions/figures/", counting.suggestion_figures, name="adoption"),
    path("suggestions/looks/", suggesters.looks, name="looks"),
    path("suggestions/export/<str:kind>/", files.suggestions_file, name="export-suggestions"),
    path("suggestions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/who/", suggesters.look_at, name="who"),
    path("suggestions/<int:pk>/erase/", suggesters.erase, name="erase"),
    path("suggestions/<int:pk>/<str:action>/", suggestions.act_on, name="act-suggestion"),
]
