"""Addresses of institutions, their visits and promises."""

from django.urls import path

from communities.institutions.views import counting, files, importing, keeping, looking, planning, promising, visiting

app_name = "institutions"
urlpatterns = [
    path("", looking.institutions, name="list"),
    path("import/", importing.import_list, name="import"),
    path("coverage/", counting.coverage, name="coverage"),
    path("in/<str:code>/new/", keeping.new, name="new"),
    path("visits/", looking.visits, name="visits"),
    path("visits/today/", visiting.today, name="today"),
    path("visits/plan/", planning.plan, name="plan"),
    path("visits/rule/", planning.rule, name="rule"),
    path("visits/<int:pk>/", looking.visit, name="visit"),
    path("visits/<int:pk>/record/", visiting.record, name="record"),
    path("visits/<int:pk>/call-off/", visiting.drop, name="drop"),
    path("visits/<int:pk>/promise/", promising.new, name="promise"),
    path("promises/", looking.pledges, name="pledges"),
    path("promises/<int:pk>/", promising.pledge, name="pledge"),
    path("promises/<int:pk>/<str:action>/", promising.act, name="act"),
    path("agreements/<int:pk>/end/", keeping.end_agreement, name="end-agreement"),
    path("agreements/<int:pk>/paper/", files.paper, name="paper"),
    path("photos/<int:pk>/<str:size>/", files.photo, name="photo"),
    path("<int:pk>/", looking.institution, name="institution"),
    path("<int:pk>/change/", keeping.change, name="change"),
    path("<int:pk>/agreement/", keeping.sign, name="sign"),
    path("<int:pk>/visit/", visiting.new, name="new-visit"),
    path("<int:pk>/plan/", planning.plan_one, name="plan-one"),
]
