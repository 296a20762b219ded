from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's own permission table; here begins what watches the whole portal."""

    default_site = "citymgmt.people.admin_site.PortalAdminSite"

    def ready(self) -> None:
        from citymgmt import watching

        super().ready()
        watching.connect()
