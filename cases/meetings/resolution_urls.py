"""Addresses of resolutions, within those of the meetings."""

from django.urls import path

from cases.meetings.views import evidence, resolutions, resolutions_acting, resolutions_wording

urlpatterns = [
    path("resolutions/", resolutions.resolutions, name="resolutions"),
    path("resolutions/<str:number>/", resolutions.resolution, name="resolution"),
    path("resolutions/<str:number>/do/<slug:action>/", resolutions_acting.act, name="act-resolution"),
    path("resolutions/<str:number>/revise/", resolutions_wording.revise, name="revise-resolution"),
    path("resolutions/<str:number>/cases/", resolutions_wording.link, name="link-resolution"),
    path("resolutions/evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("resolutions/evidence/<int:pk>/<str:size>/", evidence.evidence_file, name="evidence-file"),
    path("meetings/<int:pk>/resolutions/new/", resolutions_wording.new, name="new-resolution"),
    path("meetings/<int:pk>/resolutions/enact/", resolutions_acting.enact, name="enact-resolutions"),
]
