"""Addresses of cases."""

from django.urls import path

from cases.views import case, lists, log, photos, reporters, standards

app_name = "cases"
urlpatterns = [
    path("cases/", lists.case_list, name="list"),
    path("cases/desk/", lists.desk, name="desk"),
    path("cases/mine/", lists.mine, name="mine"),
    path("cases/overdue/", lists.overdue, name="overdue"),
    path("cases/approvals/", lists.approvals, name="approvals"),
    path("cases/escalations/", lists.escalations, name="escalations"),
    path("cases/bulk/", lists.bulk, name="bulk"),
    path("cases/export/", lists.export, name="export"),
    path("cases/export/jobs/", lists.export_jobs, name="export-jobs"),
    path("cases/export/start/", lists.start_export, name="start-export"),
    path("cases/export/<int:pk>/", lists.export_file, name="export-file"),
    path("cases/export/now/<slug:kind>/", lists.download, name="download"),
    path("cases/views/", lists.list_views, name="views"),
    path("cases/views/save/", lists.save_list_view, name="save-view"),
    path("cases/views/columns/", lists.choose_list_columns, name="choose-columns"),
    path("cases/views/<int:pk>/delete/", lists.delete_list_view, name="delete-view"),
    path("cases/new/", log.new, name="new"),
    path("cases/new/similar/", log.similar, name="similar"),
    path("cases/new/where/", log.where, name="where"),
    path("cases/<str:number>/", case.detail, name="detail"),
    path("cases/<str:number>/do/<slug:action>/", case.act, name="act"),
    path("cases/<str:number>/reporter/", reporters.reporter, name="reporter"),
    path("cases/<str:number>/reporter/erase/", reporters.erase, name="erase-reporter"),
    path("cases/<str:number>/colleagues/", case.colleagues, name="colleagues"),
    path("reporters/looks/", reporters.looks, name="reporter-looks"),
    path("photos/<int:pk>/", photos.photo, name="photo"),
    path("photos/<int:pk>/<slug:size>/", photos.photo_file, name="photo_file"),
    path("standards/", standards.standards, name="standards"),
    path("standards/<int:line>/", standards.standard, name="standard"),
    path("standards/<int:line>/revise/", standards.revise, name="revise"),
]
