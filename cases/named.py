"""The names around cases: category, standard, community, officer, team, department of each row, without joining them.

A list of twenty-five cases names the same few dozen things again and again; joined, they took half of its time.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

from cases.models import CaseStandard, Category, Disorder
from citymgmt.people.kept import Kept
from citymgmt.people.models import SHOWN_OF_USERS, Organisation, SubDistrict, User
from communities.models import Community, KeyPlace, Project

M = TypeVar("M", bound=Model)
Names = Mapping[type[Model], Mapping[int, Any]]


def _read_names() -> Names:
    """What is named, by model and id; the boundaries of communities are read when one is asked for."""
    names: Names = {
        Category: Category.objects.select_related("disorder").in_bulk(),
        CaseStandard: CaseStandard.objects.in_bulk(),
        Community: Community.objects.defer("boundary").in_bulk(),
        KeyPlace: KeyPlace.objects.order_by("community__code", "name_zh").in_bulk(),
        Project: Project.objects.only("name").in_bulk(),
        SubDistrict: SubDistrict.objects.in_bulk(),
        Organisation: Organisation.objects.in_bulk(),
        User: User.objects.only(*SHOWN_OF_USERS).in_bulk(),
    }
    for things in names.values():
        name_all(things.values(), names)
    return names


NAMED = (Category, CaseStandard, Community, KeyPlace, Project, SubDistrict, Organisation, User)
kept_names = Kept(_read_names, Disorder, *NAMED)


def named(queryset: QuerySet[M]) -> QuerySet[M]:
    """The same rows, cases or parts of them, each with the things around it: one small query more, and no joins.

    The things are shared by all requests: nobody changes them. Of people only SHOWN_OF_USERS are in memory, and no
    password; a page that asks for more asks the database for each. A case that is joined to its part is named as well.
    """
    queryset = queryset.all()
    queryset._iterable_class = _Named
    return queryset


def name_all(rows: Iterable[M], names: Names) -> list[M]:
    """The same for rows of several queries on one page, with what `kept_names` gave once."""
    return [_name(row, names) for row in rows]


class _Named(ModelIterable):
    """Rows as the database gives them, each named."""

    def __iter__(self) -> Iterator[Any]:
        names = kept_names()
        for row in super().__iter__():
            yield _name(row, names)


def _name(row: M, names: Names) -> M:
    """Put what is known into the row, as if it had been joined; anything else is read when it is asked for."""
    known = row._state.fields_cache
    for relation, column, model in _relations(type(row)):
        thing = names[model].get(row.__dict__.get(column, 0))
        if thing is not None:
            known[relation] = thing
    if "case" in known:
        _name(known["case"], names)
    return row


@cache
def _relations(model: type[Model]) -> list[tuple[str, str, type[Model]]]:
    """The relations of a model that are named: name, column, and what it leads to."""
    fields = model._meta.concrete_fields
    return [(field.name, field.attname, field.related_model) for field in fields if field.related_model in NAMED]
