from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "citymgmt.people"
    label = "people"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        from citymgmt.people import scopes

        scopes.register()
