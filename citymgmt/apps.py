from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's own permission table."""

    default_site = "citymgmt.admin_site.PortalAdminSite"
