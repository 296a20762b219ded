from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatrolsConfig(AppConfig):
    name = "patrols"
    verbose_name = _("Patrols")

    def ready(self) -> None:
        from patrols.cleanliness import room as cleanliness
        from patrols.findings import room as findings
        from patrols.guards import room as guards
        from patrols.illegal_buildings import room as illegal_buildings
        from patrols.pests import room as pests
        from patrols.rounds import room as rounds
        from patrols.sites import room as sites
        from patrols.stations import room as stations
        from patrols.teams import room as teams

        for room in (teams, rounds, findings, sites, stations, pests, cleanliness, illegal_buildings, guards):
            room.register()
