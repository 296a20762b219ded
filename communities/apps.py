from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import scopes
        from communities.actions import handing_over
        from communities.boards import room as boards
        from communities.institutions import room as institutions
        from communities.regulations import room as regulations

        scopes.register()
        handing_over.register()
        boards.register()
        institutions.register()
        regulations.register()
