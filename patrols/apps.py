from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatrolsConfig(AppConfig):
    name = "patrols"
    verbose_name = _("Patrols")

    def ready(self) -> None:
        from patrols.pests import scopes as of_pests
        from patrols.teams import notices, scopes

        scopes.register()
        notices.register()
        of_pests.register()
