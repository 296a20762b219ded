from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicityConfig(AppConfig):
    name = "cases.publicity"
    label = "publicity"
    verbose_name = _("Publicity")

    def ready(self) -> None:
        from cases.publicity import beside, journal, notices, scopes, verification
        from cases.publicity.actions import retime_publicity
        from citymgmt.worktime.actions import after_rules_change

        scopes.register()
        notices.register()
        journal.register()
        beside.register()
        verification.register()
        after_rules_change.append(retime_publicity)
