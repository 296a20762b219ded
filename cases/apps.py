from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from cases import citing, notices, scopes, settling, verification, watching
        from cases.actions import hand_over_cases
        from cases.actions.rechecking import recheck_open_cases
        from cases.beside_communities import show_cases
        from cases.beside_projects import show_cases as show_cases_of_project
        from citymgmt.worktime.actions import after_rules_change
        from communities import beside, models
        from communities.actions import on_handover
        from communities.areas.verification import verify_areas
        from communities.boards.verification import verify_boards
        from communities.committees.verification import verify_committees
        from communities.four_duties.verification import verify_duties
        from communities.institutions.verification import verify_pledges
        from communities.projects import shown
        from communities.projects.verification import verify_projects, verify_tasks

        beside.register(show_cases)
        shown.register(show_cases_of_project)
        scopes.register()
        notices.register()
        settling.register()
        watching.register()
        citing.register()
        on_handover(hand_over_cases)
        verification.register("notice boards", models.Board, verify_boards)
        verification.register("duties of communities", models.DutySheet, verify_duties)
        verification.register("residential areas", models.ResidentialArea, verify_areas)
        verification.register("owners' committees", models.OwnersCommittee, verify_committees)
        verification.register("promises of institutions", models.Pledge, verify_pledges)
        verification.register("projects", models.Project, verify_projects)
        verification.register("tasks of projects", models.ProjectTask, verify_tasks)
        after_rules_change.append(recheck_open_cases)
