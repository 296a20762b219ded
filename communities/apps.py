from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import scopes
        from communities.actions import handing_over
        from communities.areas import room as areas
        from communities.boards import room as boards
        from communities.committees import room as committees
        from communities.four_duties import room as four_duties
        from communities.institutions import room as institutions
        from communities.projects import room as projects
        from communities.regulations import room as regulations

        scopes.register()
        handing_over.register()
        boards.register()
        four_duties.register()
        areas.register()
        committees.register()
        institutions.register()
        regulations.register()
        projects.register()
