"""What residents say on the public page while an acceptance is open."""

from typing import Any

import pytest

from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from communities.models import Project, ProjectOpinion
from communities.projects import actions
from tests.communities.projects.conftest import assert_true
from tests.communities.projects.works import NOW, Work, now_of, work_of
from tests.office import District
from tests.racing import race


def say(project: Project, **given: Any) -> ProjectOpinion:
    usual = {"project": project.pk, "at": NOW, "verdict": "fairly", "words": " 还行 ", "form_key": "a"}
    return actions.give_opinion(**{**usual, **given})


def test_an_opinion_is_kept_and_the_same_form_counts_once(work: Work) -> None:
    project = work.asked()
    assert say(project) == say(project, words="x")
    assert list(ProjectOpinion.objects.values_list("verdict", "words")) == [("fairly", "还行")]
    with pytest.raises(KeyReused):
        say(work.asked())


def test_it_is_never_counted_in_the_result(work: Work) -> None:
    project = work.asked()
    for number in range(20):
        say(project, verdict="not", form_key=str(number))
    work.judge(project, "sssssss")
    assert (now_of(project).state, project.acceptances.get().dissatisfied) == ("completed", 0)


def test_only_while_an_acceptance_is_open_and_published(work: Work) -> None:
    project = work.asked()
    work.step(project, "withhold", on=None)
    for hidden in (project, work.enter("practical", source="vote"), work.running()):
        with pytest.raises(NotFound):
            say(hidden)
    for closed in (work.running("practical", source="vote"), work.running("activity")):
        with pytest.raises(WrongState):
            say(closed)


@pytest.mark.parametrize(("given", "field"), [({"verdict": "x"}, "verdict"), ({"words": "x" * 501}, "words")])
def test_what_cannot_be_is_refused(work: Work, given: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as error:
        say(work.asked(), **given)
    assert set(error.value.fields) == {field}


def test_words_that_name_somebody_are_taken_away(work: Work) -> None:
    opinion = say(work.asked())
    for who, error in (
        (work.street.officer, NotPermitted),
        (work.district.other.clerk, NotFound),
        (work.district.liaison, NotFound),
    ):
        with pytest.raises(error):
            actions.erase_words(pk=opinion.pk, by=who, at=NOW)
    with pytest.raises(NotFound):
        actions.erase_words(pk=0, by=work.street.clerk, at=NOW)
    for _again in range(2):
        actions.erase_words(pk=opinion.pk, by=work.street.clerk, at=NOW)
    assert list(ProjectOpinion.objects.values_list("verdict", "words", "words_erased_at")) == [("fairly", "", NOW)]


def test_sent_twice_at_once_it_counts_once(committed: District, media: Any) -> None:
    project = work_of(committed).asked()
    race([lambda: say(project)] * 2)
    assert ProjectOpinion.objects.count() == 1
    assert_true()
