"""What residents say on the public page while an acceptance is open; words that name somebody are taken away."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, refuse
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import KeyReused, WrongState, refusing
from citymgmt.written import faults_of
from communities.models import ProjectOpinion
from communities.models.projects import LONGEST_WORDS, Verdict
from communities.projects.lifecycle import ACCEPT, ACCEPTANCE
from communities.projects.querysets import locked_project, public_projects


def give_opinion(*, project: int, at: datetime, verdict: str, words: str, form_key: str) -> ProjectOpinion:
    """Keep what somebody without a log-in says of a project that residents are to accept; the same form counts once.

    Raises: NotFound (not published), WrongState (no acceptance is open), Invalid, KeyReused.
    """
    with refusing(KeyReused(), "communities_projectopinion_form_key_key"), transaction.atomic():
        found = one_of(public_projects(), project)
        earlier = ProjectOpinion.objects.filter(form_key=form_key).first()
        if earlier is not None:
            if earlier.project_id != found.pk:
                raise KeyReused
            return earlier
        if found.state != ACCEPTANCE:
            raise WrongState(_("This is not asked any more. Thank you all the same."))
        text = words.strip()
        refuse(
            {
                "verdict": choice_faults(verdict, Verdict.values),
                "words": faults_of(text, LONGEST_WORDS, is_one_line=False),
            }
        )
        return ProjectOpinion.objects.create(project=found, at=at, verdict=verdict, words=text, form_key=form_key)


def erase_words(*, pk: int, by: User, at: datetime) -> ProjectOpinion:
    """Take the words of an opinion away, because they name somebody; the verdict stays.

    Raises: NotFound, NotPermitted.
    """
    with transaction.atomic():
        opinion = one_of(ProjectOpinion.objects.all(), pk)
        project = locked_project(opinion.project_id)
        require(by, ACCEPT, project, on=timezone.localdate(at))
        if opinion.words:
            opinion.words, opinion.words_erased_at = "", at
            opinion.save(update_fields=["words", "words_erased_at"])
        return opinion
