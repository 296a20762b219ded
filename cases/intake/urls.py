"""Addresses for those who come without a log-in, and for the office that works for them."""

from django.urls import path

from cases.intake.hotline.views import orders, returns, sheets
from cases.intake.views import desk, follow, report

app_name = "intake"
urlpatterns = [
    path("report/", report.report, name="report"),
    path("report/similar/", report.similar, name="similar"),
    path("report/where/", report.where, name="where"),
    path("follow/", follow.follow, name="follow"),
    path("follow/report/", follow.detail, name="followed"),
    path("follow/report/add/", follow.add, name="add"),
    path("follow/report/judge/", follow.judge, name="judge"),
    path("follow/report/erase/", follow.erase, name="erase"),
    path("follow/report/data/", follow.kept, name="kept"),
    path("follow/leave/", follow.leave, name="leave"),
    path("hotline/", orders.orders, name="hotline"),
    path("hotline/orders/<int:pk>/", orders.order, name="hotline-order"),
    path("hotline/orders/<int:pk>/reply/", orders.reply, name="hotline-reply"),
    path("hotline/cases/<str:number>/", orders.note, name="hotline-note"),
    path("hotline/import/", sheets.upload, name="hotline-import"),
    path("hotline/import/<int:pk>/", sheets.sheet, name="hotline-sheet"),
    path("hotline/import/<int:pk>/discard/", sheets.discard, name="hotline-discard"),
    path("hotline/returns/", returns.returns, name="hotline-returns"),
    path("hotline/returns/<int:pk>/", returns.export_file, name="hotline-file"),
    path("residents/", desk.to_review, name="to-review"),
    path("residents/call-back/", desk.call_back, name="call-back"),
    path("residents/judged/", desk.judged, name="judged"),
    path("residents/review/<int:pk>/", desk.review, name="review"),
    path("residents/cases/<str:number>/", desk.of_case, name="of-case"),
    path("residents/cases/<str:number>/follow/", desk.let_follow, name="let-follow"),
    path("residents/cases/<str:number>/answer/", desk.answer, name="answer"),
    path("residents/cases/<str:number>/call/", desk.call, name="call"),
]
