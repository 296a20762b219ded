"""The hours that extensions added are kept with the facts; refused requests and suspensions add none."""

from cases.statistics.actions import catch_up
from cases.statistics.models import CaseFact, Tally
from tests.cases.stories import MORNING, case_in
from tests.office import china

AT = china(MORNING)


def ask(act, district, case, extra_value):
    act("request_extension", case, by=district.street.officer, at=AT, extra_value=extra_value, note="材料未到")


def grant(act, district, case):
    act("review", case, by=district.street.clerk, at=AT)
    act("approve", case, by=district.street.leader, at=AT)


def test_the_hours_of_both_extensions_and_not_of_a_refused_request(district, act):
    case, street = case_in(district, "handling"), district.street
    case_in(district, "handling")
    ask(act, district, case, 3)
    act("refuse_review", case, by=street.clerk, at=AT, note="不同意")
    for extra_value in (2, 1):
        ask(act, district, case, extra_value)
        grant(act, district, case)
    ask_for_suspension = {"until": china("2026-04-01 09:00"), "note": "待开工"}
    act("request_suspension", case, by=street.officer, at=AT, **ask_for_suspension)
    catch_up(at=AT)
    assert sorted(CaseFact.objects.values_list("extensions", "extension_hours")) == [(0, 0), (2, 24)]
    assert Tally.objects.get(dimension="all", on="2026-03-04").extension_hours == 24


def test_a_suspended_case_keeps_the_day_since_which(district, act):
    case_in(district, "suspended")
    catch_up(at=AT)
    fact = CaseFact.objects.get()
    assert (str(fact.suspended_on), "suspended_since" in fact.measures) == ("2026-03-04", True)
    assert Tally.objects.get(dimension="all", on="2026-03-04").suspended_since == 1
