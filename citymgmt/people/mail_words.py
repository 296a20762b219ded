"""What a person's choices about messages come to, in plain sentences."""

from django.utils.translation import gettext as _

from citymgmt.people.models import NoticeGroup, User


def choices_in_words(user: User) -> list[str]:
    """One to three sentences in the active language: what comes to the inbox and what by e-mail, how and when."""
    sentences = [_("You get every message in the inbox."), _by_mail(user)]
    if _gets_mail(user) and user.quiet_from is not None and user.quiet_until is not None:
        hours = {"start": f"{user.quiet_from:%H:%M}", "end": f"{user.quiet_until:%H:%M}"}
        sentences.append(_("From %(start)s to %(end)s only urgent matters come by e-mail.") % hours)
    return sentences


def _gets_mail(user: User) -> bool:
    return bool(user.email and user.mail_groups and user.mail_choice != User.MailChoice.NONE)


def _by_mail(user: User) -> str:
    if user.mail_choice == User.MailChoice.NONE or not user.mail_groups:
        return _("You get nothing by e-mail.")
    if not user.email:
        return _("You get nothing by e-mail as long as there is no address.")
    groups = _(", ").join(str(NoticeGroup(group).label) for group in user.mail_groups)
    if user.mail_choice == User.MailChoice.URGENT:
        return _("By e-mail you get only urgent matters, at once: %(groups)s.") % {"groups": groups}
    if user.mail_rhythm == User.MailRhythm.AT_ONCE:
        return _("By e-mail you get everything at once, each by itself: %(groups)s.") % {"groups": groups}
    told = {"groups": groups, "hour": f"{user.mail_hour:02d}:00"}
    if user.mail_rhythm == User.MailRhythm.HOURLY:
        return _("By e-mail you get urgent matters at once and the rest gathered every hour: %(groups)s.") % told
    return (
        _("By e-mail you get urgent matters at once and the rest gathered at %(hour)s each working day: %(groups)s.")
        % told
    )
