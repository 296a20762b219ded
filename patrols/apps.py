from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatrolsConfig(AppConfig):
    name = "patrols"
    verbose_name = _("Patrols")

    def ready(self) -> None:
        from cases import verification
        from patrols.rounds import journal
        from patrols.rounds import notices as notices_of_rounds
        from patrols.rounds import scopes as scopes_of_rounds
        from patrols.rounds.verification import verify_rounds
        from patrols.teams import notices, scopes

        scopes.register()
        notices.register()
        scopes_of_rounds.register()
        notices_of_rounds.register()
        journal.register()
        verification.register("rounds", verify_rounds)
