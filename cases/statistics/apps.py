from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "cases.statistics"
    label = "statistics"
    verbose_name = _("Statistics")

    def ready(self) -> None:
        from cases.statistics import copying, pressing, scopes, watching
        from cases.statistics.bulletins import notices

        scopes.register()
        watching.register()
        copying.register()
        pressing.register()
        notices.register()
