from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "citymgmt.outbox"
    label = "outbox"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Say how far each role reaches."""
        from citymgmt.outbox import scopes

        scopes.register()
