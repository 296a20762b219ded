"""What people are told: one row for each message, written in the transaction that gave rise to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import SubDistrict, User

TO_NAME = "addressee"  # the parameter that holds an addressee's name


class Message(models.Model):
    """A message to one person, which stands in the person's inbox and leaves the portal by its channel besides; or a
    mail to an addressee without a log-in ("unit:3") in the name of a sub-district's office. The dedupe key makes a
    repeat impossible.

    `state` is that of what leaves; a message of the inbox alone is delivered when it is written. `batch` names the
    gathered mail in which it was last sent: what is sent again is the same mail.
    """

    class Channel(models.TextChoices):
        IN_APP = "in_app", _("inbox")  # the inbox alone
        EMAIL = "email", _("e-mail")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        DEAD = "dead", _("given up")
        READ_FIRST = "read_first", _("left out: read in the inbox first")
        UNWANTED = "unwanted", _("left out: not wanted any more")

    dedupe_key = models.CharField(max_length=120)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    recipient = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="messages",
        verbose_name=_("recipient"),
    )
    addressee = models.CharField(max_length=40, blank=True, default="")
    subdistrict = models.ForeignKey(
        SubDistrict, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=40)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    created_at = models.DateTimeField(_("created"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    batch = models.CharField(max_length=40, blank=True, default="")
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key"], name="message_once"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, addressee="", subdistrict=None)
                | Q(recipient=None, subdistrict__isnull=False, channel="email") & ~Q(addressee=""),
                name="message_to_one",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="message_waiting"),
            models.Index(fields=["recipient", "next_at"], condition=Q(state="waiting"), name="message_of_person"),
            models.Index(fields=["recipient", "-id"], condition=Q(recipient__isnull=False), name="message_inbox"),
            models.Index(
                fields=["recipient"], condition=Q(recipient__isnull=False, read_at=None), name="message_unread"
            ),
            models.Index(fields=["-id"], condition=Q(state="dead"), name="message_dead"),
            models.Index(fields=["subdistrict"], condition=Q(subdistrict__isnull=False), name="message_of_office"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.to_key}"

    @property
    def to_key(self) -> str:
        """Whom it is for, without a name: the addressee, or the person's number."""
        return self.addressee or str(self.recipient_id)

    @property
    def to_name(self) -> str:
        """Whom it is for, as the office reads it."""
        return str(self.params.get(TO_NAME, self.addressee)) if self.recipient is None else str(self.recipient)
