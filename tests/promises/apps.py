from django.apps import AppConfig
from django.db.models import Q


class PromisesConfig(AppConfig):
    name = "tests.promises"
    label = "promises"

    def ready(self) -> None:
        from citymgmt.outbox import telling
        from citymgmt.people import permissions
        from citymgmt.people.permissions import Scope
        from citymgmt.worktime import sweep
        from citymgmt.worktime.actions import after_rules_change
        from tests.promises import actions, journal
        from tests.promises.models import Promise

        permissions.TABLE.update(actions.PERMISSIONS)  # an app of the portal has its rows in the table's own file
        own = {Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id)}
        permissions.register(Promise, view="promise.view", queries=own)
        telling.register(journal.NOTICES)
        sweep.register("promises", Promise, journal.settle_batch)
        after_rules_change.append(actions.look_again)
