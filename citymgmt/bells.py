"""What beat rings, and how often in seconds. What a bell starts finds in PostgreSQL what is due: one that is lost,
late or doubled changes nothing but when.
"""

from typing import Any

BELLS = {
    "deadlines": ("worktime.run_deadlines", 60),
    "messages": ("outbox.deliver_messages", 20),
    "photos": ("cases.process_photos", 60),
    "photo-cleaning": ("cases.clean_photos", 3600),
    "exports": ("cases.write_exports", 10),
    "statistics": ("statistics.catch_up", 30),
    "statistics-rules": ("statistics.count_anew", 30),
    "bulletins": ("statistics.make_bulletins", 10),
    "minutes": ("meetings.make_minutes", 10),
    "circulars": ("meetings.make_circulars", 10),
    "meetings": ("meetings.plan", 3600),
    "certificates": ("teams.certificates", 3600),
    "stations": ("stations.plan", 600),
    "duties": ("duties.open", 3600),
    "boards": ("boards.compare", 600),
    "site-permits": ("sites.permits", 3600),
    "reporters": ("cases.forget_reporters", 3600),
    "suggesters": ("publicity.forget_suggesters", 3600),
    "hotline-sheets": ("intake.remove_sheets", 3600),
    "people-cleaning": ("people.clean_up", 3600),
    "heartbeat": ("worktime.heartbeat", 30),
}
STALE = 0.8  # of the time until the next one, after which nobody need hear it any more


def beat_schedule() -> dict[str, dict[str, Any]]:
    """The bells as Celery's beat reads them."""
    return {
        name: {"task": task, "schedule": float(seconds), "options": {"expires": seconds * STALE}}
        for name, (task, seconds) in BELLS.items()
    }
