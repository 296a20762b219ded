from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "cases.meetings"
    label = "meetings"
    verbose_name = _("Joint meetings")

    def ready(self) -> None:
        from cases import verification
        from cases.meetings import (
            beside_cases,
            beside_institutions,
            beside_projects,
            journal,
            notices,
            scopes,
            watching,
        )
        from cases.meetings.actions.rechecking import recheck_resolutions
        from cases.meetings.circulars import notices as notices_of_circulars
        from cases.meetings.minutes import notices as notices_of_minutes
        from cases.meetings.models import Resolution
        from cases.meetings.outside import mailing
        from cases.meetings.verification import verify_resolutions
        from citymgmt.worktime.actions import after_rules_change

        scopes.register()
        notices.register()
        notices_of_minutes.register()
        mailing.register()
        notices_of_circulars.register()
        journal.register()
        beside_cases.register()
        beside_institutions.register()
        beside_projects.register()
        watching.register()
        verification.register("resolutions", Resolution, verify_resolutions)
        after_rules_change.append(recheck_resolutions)
