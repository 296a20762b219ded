from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "citymgmt.outbox"
    label = "outbox"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Say how far each role reaches, tell people of their new tokens, and follow what people choose."""
        from citymgmt.outbox import account, actions, scopes
        from citymgmt.people.actions import mail_choices_changed

        scopes.register()
        account.register()
        mail_choices_changed.connect(actions.follow_choice, dispatch_uid="outbox")
