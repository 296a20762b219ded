"""Use cases of routes and plans of rounds: the only door through which their rows are written; the walk is beside them (walking, excusing)."""

from patrols.rounds.actions.classes import ClassTold, load_place_classes, save_place_class
from patrols.rounds.actions.plans import put_in_force, withdraw_plan
from patrols.rounds.actions.routes import (
    PointTold,
    RouteTold,
    add_hot_spot,
    add_key_places,
    renew_code,
    save_point,
    save_route,
)

__all__ = [
    "ClassTold",
    "PointTold",
    "RouteTold",
    "add_hot_spot",
    "add_key_places",
    "load_place_classes",
    "put_in_force",
    "renew_code",
    "save_place_class",
    "save_point",
    "save_route",
    "withdraw_plan",
]
