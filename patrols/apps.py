from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatrolsConfig(AppConfig):
    name = "patrols"
    verbose_name = _("Patrols")

    def ready(self) -> None:
        from patrols.teams import notices, scopes

        scopes.register()
        notices.register()
        self.ready_stations()

    def ready_stations(self) -> None:
        """What stations tell the ground."""
        from cases import verification
        from citymgmt.worktime.actions import after_rules_change
        from patrols.stations import journal, notices, scopes
        from patrols.stations.actions import recheck_checks
        from patrols.stations.verification import verify_checks

        scopes.register()
        notices.register()
        journal.register()
        verification.register("daily checks", verify_checks)
        after_rules_change.append(recheck_checks)
