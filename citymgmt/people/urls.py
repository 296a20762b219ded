"""Addresses of people: set-up, one's own account, users and grants, the audit trail."""

from django.urls import path

from citymgmt.people.views import account, audit, home, tokens, users

app_name = "people"
urlpatterns = [
    path("setup/", home.setup, name="setup"),
    path("account/", account.account, name="account"),
    path("account/preview/", account.preview, name="mail_preview"),
    path("account/password/", account.password, name="password"),
    path("account/language/", account.language, name="language"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<uuid:token>/revoke/", tokens.revoke, name="revoke_token"),
    path("users/", users.users, name="users"),
    path("users/new/", users.create_user, name="create_user"),
    path("users/<str:username>/", users.user, name="user"),
    path("users/<str:username>/grant/", users.grant, name="grant"),
    path("users/<str:username>/password/", users.reset_password, name="reset_password"),
    path("users/<str:username>/active/", users.set_active, name="set_active"),
    path("users/<str:username>/tokens/", tokens.revoke_all, name="revoke_tokens"),
    path("audit/", audit.audit, name="audit"),
    path("audit/log-ins/", audit.log_ins, name="log_ins"),
]
