from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatrolsConfig(AppConfig):
    name = "patrols"
    verbose_name = _("Patrols")

    def ready(self) -> None:
        from patrols.sites import notices as notices_of_sites
        from patrols.sites import scopes as scopes_of_sites
        from patrols.teams import notices, scopes

        scopes.register()
        notices.register()
        scopes_of_sites.register()
        notices_of_sites.register()
