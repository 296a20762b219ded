"""What a reply to the hotline could say: what was told already, so that nobody types it twice."""

from cases.intake.hotline.models import HotlineOrder
from cases.intake.models import Reply

CLOSED_BY = "经现场处置并核查，已达到结案条件：%s。"  # Chinese for everybody, as the sheet that it goes into


def proposed_reply(order: HotlineOrder) -> str:
    """The last answer to the resident; of an ended case one since its end, else what its closing says."""
    case = order.case.merged_into or order.case
    answers = Reply.objects.filter(case=case).order_by("-id")
    if case.closed_at is None:
        return answers.values_list("text", flat=True).first() or ""
    answer = answers.filter(at__gte=case.closed_at).values_list("text", flat=True).first()
    return answer or (CLOSED_BY % case.closing_note if case.closing_note else "")
