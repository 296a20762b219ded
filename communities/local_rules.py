"""Limits around residential areas, owners' committees and public acceptances that places set for themselves
(地方规定): THE table. Pure.

What stands here holds until an office enters its own, from a day on, with its source. National law bounds some of them:
`most` and `least` are those bounds where there are any. Where no source is named the value is a proposal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from citymgmt.months import months_later
from citymgmt.wording import gettext_noop

WORKING_DAY, NATURAL_DAY, MONTH, YEAR, PERCENT, PEOPLE = "wd", "nd", "mo", "yr", "pc", "pe"
DAYS = (NATURAL_DAY, WORKING_DAY)
UNITS: Mapping[str, str] = {
    NATURAL_DAY: gettext_noop("natural days"),
    WORKING_DAY: gettext_noop("working days"),
    MONTH: gettext_noop("months"),
    YEAR: gettext_noop("years"),
    PERCENT: gettext_noop("percent"),
    PEOPLE: gettext_noop("people"),
}
PROPOSAL = gettext_noop("Proposal; no law gives it.")


@dataclass(frozen=True)
class Rule:
    """A limit: what it is called, how much of which unit, by which source, and what an office may enter instead."""

    name: str
    label: str
    value: int
    unit: str
    source: str = PROPOSAL
    units: tuple[str, ...] = DAYS
    least: int = 1
    most: int = 3650


AREA_ASSESS, AREA_PILOT, AREA_REVIEW = "area_assess", "area_pilot", "area_review"
DELIVERED, APPLICANTS, ANSWER, GROUP = "delivered", "applicants", "answer", "group"
ASSEMBLY, NOTICE, FILING, CHECK = "assembly", "notice", "filing", "check"
TERM, REELECT, MEMBERS_LEAST, MEMBERS_MOST = "term", "reelect", "members_least", "members_most"
VOICES, SHARE, REWORK = "project_voices", "project_share", "project_rework"
_BEIJING = gettext_noop("Beijing Property Management Regulation, Art. 30–32; other places set their own.")
_GUIDE_9 = gettext_noop(
    "Guiding Rules on Owners' Assemblies (建房〔2009〕274号), Art. 9: 60 days after the application, answer included."
)
_GUIDE_31 = gettext_noop("Guiding Rules on Owners' Assemblies (建房〔2009〕274号), Art. 31")
_ALL = (
    Rule(AREA_ASSESS, gettext_noop("An area that is being improved is assessed again within"), 180, NATURAL_DAY),
    Rule(AREA_PILOT, gettext_noop("A ready area begins its pilot within"), 60, NATURAL_DAY),
    Rule(
        AREA_REVIEW, gettext_noop("The service under a contract is reviewed every"), 6, MONTH, units=(MONTH,), most=60
    ),
    Rule(
        DELIVERED,
        gettext_noop("Handed-over floor area, of the whole, needed to apply"),
        50,
        PERCENT,
        _BEIJING,
        (PERCENT,),
        most=100,
    ),
    Rule(APPLICANTS, gettext_noop("Owners, of all, needed to apply"), 5, PERCENT, _BEIJING, (PERCENT,), most=100),
    Rule(ANSWER, gettext_noop("The office answers an application within"), 30, NATURAL_DAY, _BEIJING),
    Rule(GROUP, gettext_noop("After the answer the preparatory group is formed within"), 30, NATURAL_DAY, _GUIDE_9),
    Rule(ASSEMBLY, gettext_noop("After the group the first assembly is held within"), 60, NATURAL_DAY, _BEIJING),
    Rule(
        NOTICE,
        gettext_noop("All owners are told of the assembly, at least so long ahead"),
        15,
        NATURAL_DAY,
        gettext_noop("Property Management Regulation (物业管理条例), Art. 14"),
        (NATURAL_DAY,),
        least=15,
    ),
    Rule(
        FILING,
        gettext_noop("The committee files with the office, after its election, within"),
        30,
        NATURAL_DAY,
        gettext_noop("Property Management Regulation (物业管理条例), Art. 16; Beijing: five working days"),
        most=30,
    ),
    Rule(
        CHECK,
        gettext_noop("The office checks a filing within"),
        5,
        NATURAL_DAY,
        gettext_noop("Qingyuan (Guangdong) rules on property management; other places set their own."),
    ),
    Rule(
        TERM,
        gettext_noop("The term of a committee lasts at most"),
        5,
        YEAR,
        gettext_noop("Guiding Rules on Owners' Assemblies (建房〔2009〕274号), Art. 32"),
        (YEAR,),
        most=5,
    ),
    Rule(
        REELECT,
        gettext_noop("The re-election begins, before the term ends, by"),
        3,
        MONTH,
        gettext_noop("Guiding Rules on Owners' Assemblies (建房〔2009〕274号), Art. 47"),
        (MONTH,),
        most=24,
    ),
    Rule(
        VOICES,
        gettext_noop("Residents' representatives at a public acceptance, at least"),
        7,
        PEOPLE,
        units=(PEOPLE,),
        most=99,
    ),
    Rule(
        SHARE, gettext_noop("Of them satisfied or fairly satisfied, at least"), 80, PERCENT, units=(PERCENT,), most=100
    ),
    Rule(
        REWORK,
        gettext_noop("What was not accepted is put right within"),
        15,
        NATURAL_DAY,
        units=(NATURAL_DAY,),
        most=365,
    ),
    Rule(MEMBERS_LEAST, gettext_noop("Members of a committee, at least"), 5, PEOPLE, _GUIDE_31, (PEOPLE,), most=99),
    Rule(MEMBERS_MOST, gettext_noop("Members of a committee, at most"), 11, PEOPLE, _GUIDE_31, (PEOPLE,), most=99),
)
RULES: Mapping[str, Rule] = {one.name: one for one in _ALL}
OF_PROJECTS = (VOICES, SHARE, REWORK)
OF_AREAS = (AREA_ASSESS, AREA_PILOT, AREA_REVIEW)


@dataclass(frozen=True)
class Entered:
    """A rule that an office entered, in force from a day on."""

    name: str
    from_on: date
    value: int
    unit: str
    source: str


def in_force(entered: Iterable[Entered], on: date) -> Mapping[str, Rule]:
    """The rules in force on a day by their names: of what an office entered the latest that holds, else the table."""
    found = dict(RULES)
    for one in sorted(entered, key=lambda one: one.from_on):
        if one.name in found and one.from_on <= on:
            plain = RULES[one.name]
            bounds = (plain.units, plain.least, plain.most)
            found[one.name] = Rule(one.name, plain.label, one.value, one.unit, one.source, *bounds)
    return found


def last_day(rule: Rule, on: date) -> date:
    """The last day of a span that begins on a day, of a rule whose unit is natural days, months or years."""
    if rule.unit == NATURAL_DAY:
        return on + timedelta(days=rule.value)
    return months_later(on, rule.value * (12 if rule.unit == YEAR else 1))
