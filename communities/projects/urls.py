"""Addresses of projects."""

from django.urls import path

from communities.projects.views import files, keeping, looking, photos, tasks

app_name = "projects"
urlpatterns = [
    path("", looking.project_list, name="list"),
    path("tasks/", looking.my_tasks, name="tasks"),
    path("tasks/<int:pk>/", looking.task, name="task"),
    path("tasks/<int:pk>/tick/<str:action>/", tasks.tick, name="tick"),
    path("tasks/<int:pk>/<str:action>/", tasks.act_on, name="act_task"),
    path("new/<str:kind>/", keeping.new_project, name="new"),
    path("export/<str:kind>/", files.list_file, name="export"),
    path("photos/<int:pk>/<str:size>/", files.photo_file, name="photo"),
    path("photos/<int:pk>/public/<str:is_public>/", files.show, name="show_photo"),
    path("opinions/<int:pk>/erase/", files.erase, name="erase"),
    path("<int:pk>/", looking.project, name="project"),
    path("<int:pk>/change/", keeping.change_project, name="change"),
    path("<int:pk>/report/", keeping.report, name="report"),
    path("<int:pk>/judge/", keeping.judge, name="judge"),
    path("<int:pk>/photos/", photos.photos, name="photos"),
    path("<int:pk>/tasks/add/", tasks.add, name="add_task"),
    path("<int:pk>/<str:action>/", keeping.act_on, name="act"),
]
