"""People, installed."""

from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "social"

    def ready(self) -> None:
        """Say what people and reviews open and close; fill the places of a track's page."""
        from media_pipeline.jobs.services.schedules import register_round
        from social import (
            events,
            kept,
            receivers,  # noqa: F401
        )
        from social.accounts import archive as of_accounts
        from social.accounts import hearers as accounts_hearers
        from social.accounts import kinds as accounts_kinds
        from social.accounts import rules as accounts  # noqa: F401
        from social.credits import hearers as credits_hearers
        from social.credits import slots as credits_slots
        from social.departure import rounds as departure
        from social.departure import slots as departure_slots
        from social.exports import archive as of_imports
        from social.exports import hearers as exports_hearers
        from social.exports import kinds as exports_kinds
        from social.exports import slots as exports_slots
        from social.notes import archive as of_notes
        from social.notes import chapters as notes_chapters
        from social.notes import counters as notes_counters
        from social.notes import hearers as notes_hearers
        from social.notes import kinds as notes_kinds
        from social.notes import slots as notes
        from social.notifications import archive as of_notifications
        from social.notifications import hearers as files_hearers
        from social.notifications import rounds as notifications
        from social.profiles import archive as of_pages
        from social.profiles import documents
        from social.profiles import hearers as profiles_hearers
        from social.profiles import slots as profiles_slots
        from social.review import archive as of_reviews
        from social.review import hearers as review_hearers
        from social.review import kinds as review_kinds
        from social.review import rules as review  # noqa: F401
        from social.review import slots as review_slots
        from social.review.services.links import sweep_links
        from social.signoff import archive as of_sign_offs
        from social.signoff import hearers as signoff_hearers
        from social.signoff import rules as signoff  # noqa: F401
        from social.signoff import slots as signoff_slots
        from social.staff import receivers as staff  # noqa: F401

        # In the order in which they stand on the page.
        fillers = (signoff_slots, review_slots, notes, exports_slots, departure_slots)
        for topic in (*fillers, credits_slots, profiles_slots):
            topic.fill()
        events.register_all()
        accounts_kinds.register_all()
        notes_kinds.register_all()
        notes_counters.register_all()
        notes_chapters.register_all()
        exports_kinds.register_all()
        said = (of_notes, of_reviews, of_sign_offs, of_notifications)
        for section in (of_accounts, of_pages, *said, of_imports):
            section.register_all()
        documents.register_all()
        reviewing = (
            *(credits_hearers, notes_hearers, review_hearers, signoff_hearers),
            profiles_hearers,
        )
        for hearers in (accounts_hearers, exports_hearers, files_hearers, *reviewing):
            hearers.register_all()
        notifications.register_all()
        kept.register_all()
        review_kinds.register_all()
        departure.register_all()
        register_round("end-links", sweep_links, "Ends review links whose time is over", every=30)
