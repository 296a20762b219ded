from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "cases.intake"
    label = "intake"
    verbose_name = _("Residents")

    def ready(self) -> None:
        from cases import told
        from cases.actions.reporters import told_in
        from cases.actions.standards import also_loaded
        from cases.intake import beside_cases, notices, scopes
        from cases.intake.actions.publishing import follow_events
        from cases.intake.actions.topics import load_topics
        from cases.intake.hotline.actions import reminding
        from cases.intake.models import Addition, HotlineOrder, Judgement
        from cases.intake.office import beside

        told_in.extend(
            [(Addition, "report__case", ("text",)), (Judgement, "case", ("words",)), (HotlineOrder, "case", ("title",))]
        )
        scopes.register()
        notices.register()
        told.register(follow_events)
        beside_cases.register()
        beside.register()
        reminding.register()
        also_loaded.append(load_topics)
