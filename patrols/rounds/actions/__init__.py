"""Use cases of routes and plans of rounds: the only door through which their rows are written.

Walking and excusing stand beside them, each in its own module.
"""

from patrols.rounds.actions.classes import ClassTold, add_usual_classes, load_place_classes, save_place_class
from patrols.rounds.actions.plans import put_in_force, withdraw_plan
from patrols.rounds.actions.routes import (
    PointTold,
    RouteTold,
    renew_code,
    save_point,
    save_route,
)
from patrols.rounds.actions.sources import add_hot_spot, add_key_places, add_residential_areas, add_sites

__all__ = [
    "ClassTold",
    "PointTold",
    "RouteTold",
    "add_hot_spot",
    "add_key_places",
    "add_residential_areas",
    "add_sites",
    "add_usual_classes",
    "load_place_classes",
    "put_in_force",
    "renew_code",
    "save_place_class",
    "save_point",
    "save_route",
    "withdraw_plan",
]
