"""The names of the keys by which figures are told apart, in their usual order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.models import Case, Category, Disorder
from cases.named import kept_names
from cases.statistics.models import Dimension
from citymgmt.people.models import Organisation, User
from communities.models import Community


@dataclass(frozen=True)
class Keyed:
    """A key of a dimension with its name."""

    key: str
    name: str


ORDER: Mapping[str, tuple[type[Any], Callable[[Any], Any]]] = {
    Dimension.COMMUNITY: (Community, lambda thing: thing.code),
    Dimension.DISORDER: (Disorder, lambda thing: (thing.sort_order, thing.key)),
    Dimension.CATEGORY: (Category, lambda thing: (thing.disorder.sort_order, thing.code)),
    Dimension.OFFICER: (User, str),
    Dimension.TEAM: (Organisation, str),
    Dimension.DEPARTMENT: (Organisation, str),
}


def in_order(dimension: str, keys: Iterable[str]) -> list[Keyed]:
    """These keys with their names, in the order in which people know them; without those that nobody knows."""
    if dimension == Dimension.SOURCE:
        wanted = set(keys)
        return [Keyed(code, str(label)) for code, label in Case.Source.choices if code in wanted]
    model, place = ORDER[dimension]
    things = _things(model)
    found = [(things[int(key)], key) for key in keys if key.isdigit() and int(key) in things]
    return [Keyed(key, str(thing)) for thing, key in sorted(found, key=lambda one: place(one[0]))]


def name_of(dimension: str, key: str) -> str:
    """The name of one key; the key itself when nobody knows it."""
    found = in_order(dimension, [key])
    return found[0].name if found else key


def _things(model: type[Any]) -> Mapping[int, Any]:
    names = kept_names()
    if model is Disorder:
        return {category.disorder_id: category.disorder for category in names[Category].values()}
    return names[model]
