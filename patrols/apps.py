from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatrolsConfig(AppConfig):
    name = "patrols"
    verbose_name = _("Patrols")

    def ready(self) -> None:
        from cases import verification
        from citymgmt.worktime.actions import after_rules_change
        from patrols.cleanliness import scopes as scopes_of_cleanliness
        from patrols.findings import scopes as scopes_of_findings
        from patrols.guards import journal as journal_of_guards
        from patrols.guards import notices as notices_of_guards
        from patrols.guards import scopes as scopes_of_guards
        from patrols.guards.actions import recheck_watches
        from patrols.guards.verification import verify_watches
        from patrols.illegal_buildings import room as illegal_buildings
        from patrols.pests import scopes as scopes_of_pests
        from patrols.rounds import journal as journal_of_rounds
        from patrols.rounds import notices as notices_of_rounds
        from patrols.rounds import scopes as scopes_of_rounds
        from patrols.rounds.verification import verify_rounds
        from patrols.sites import notices as notices_of_sites
        from patrols.sites import scopes as scopes_of_sites
        from patrols.stations import journal as journal_of_stations
        from patrols.stations import notices as notices_of_stations
        from patrols.stations import scopes as scopes_of_stations
        from patrols.stations.actions import recheck_checks
        from patrols.stations.verification import verify_checks
        from patrols.teams import notices as notices_of_teams
        from patrols.teams import scopes as scopes_of_teams

        of_places = (scopes_of_sites, scopes_of_stations, scopes_of_pests, scopes_of_cleanliness, scopes_of_guards)
        for scopes in (scopes_of_teams, scopes_of_rounds, scopes_of_findings, *of_places):
            scopes.register()
        for notices in (notices_of_teams, notices_of_rounds, notices_of_sites, notices_of_stations, notices_of_guards):
            notices.register()
        for journal in (journal_of_rounds, journal_of_stations, journal_of_guards):
            journal.register()
        verification.register("rounds", verify_rounds)
        verification.register("daily checks", verify_checks)
        verification.register("guard watches", verify_watches)
        after_rules_change.append(recheck_checks)
        illegal_buildings.register()
        after_rules_change.append(recheck_watches)
