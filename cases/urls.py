"""Addresses of cases."""

from django.urls import path

from cases.views import case, lists, log, standards

app_name = "cases"
urlpatterns = [
    path("cases/", lists.case_list, name="list"),
    path("cases/desk/", lists.desk, name="desk"),
    path("cases/mine/", lists.mine, name="mine"),
    path("cases/overdue/", lists.overdue, name="overdue"),
    path("cases/approvals/", lists.approvals, name="approvals"),
    path("cases/escalations/", lists.escalations, name="escalations"),
    path("cases/bulk/", lists.bulk, name="bulk"),
    path("cases/new/", log.new, name="new"),
    path("cases/<str:number>/", case.detail, name="detail"),
    path("cases/<str:number>/do/<slug:action>/", case.act, name="act"),
    path("standards/", standards.standards, name="standards"),
    path("standards/<int:line>/", standards.standard, name="standard"),
    path("standards/<int:line>/revise/", standards.revise, name="revise"),
]
