"""Addresses of people: one's own account, users and grants, the audit trail."""

from django.urls import path

from citymgmt.people.views import account, audit, users

app_name = "people"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("users/", users.users, name="users"),
    path("users/new/", users.create_user, name="create_user"),
    path("users/<str:username>/", users.user, name="user"),
    path("audit/", audit.audit, name="audit"),
]
