"""What of a case is searched. The database's triggers write it (`cases.models.search_sql`), nobody else."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func

from cases.models.case import Case


class CaseText(models.Model):
    """Number, description, address, names of place and category, and notes of a case, folded, as one text.

    Apart from the case, whose row changes with each event, so that the index changes only when words do.
    Personal data of reporters is never in it.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="text")
    text = models.TextField()

    class Meta:
        indexes = [GinIndex(Func(F("text"), function="cjk_tokens"), fastupdate=False, name="case_text_tokens")]

    def __str__(self) -> str:
        return f"{self.case_id}"
