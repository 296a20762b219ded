from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "citymgmt.outbox"
    label = "outbox"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Say how far each role reaches, and tell people of their new tokens."""
        from citymgmt.outbox import account, scopes

        scopes.register()
        account.register()
