"""The sockets of talks: one side reads its own by its key, moderators those of a case."""

from typing import Any

from config.lib.sockets import GONE, WatchedConsumer, looks
from moderation.cases.rules import may_see
from moderation.models import Case, Report, Talk
from moderation.talks import presenters, selectors, services
from social.models import User


class TalksConsumer(WatchedConsumer):
    """Tells on connecting, and on every change, what was written; the rows are read anew for it."""

    _group = ""

    def find_group(self) -> str:
        """Return the group that is listened to; empty for who may not. Asks the database."""
        raise NotImplementedError

    def word(self) -> dict[str, Any] | None:
        """Return what is told now; None for who may not hear it any more. Asks the database."""
        raise NotImplementedError

    async def connect(self) -> None:
        """Let in whom the page would let in."""
        group = await looks.ask(self.find_group)
        if not group:
            await self.close()
            return
        self._group = group
        await self.channel_layer.group_add(group, self.channel_name)
        await self.begin_watch()
        await self.accept()
        await self.talk_changed({})

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await super().disconnect(code)
        if self._group:
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def talk_changed(self, event: dict[str, Any]) -> None:
        """Tell what there is, or hang up."""
        word = await looks.ask(self._word_if_welcome)
        if word is None:
            await self.close(GONE)
            return
        await self.send_json(word)

    def may_stay(self) -> bool:
        """Tell whether who came may still hear it, as who they were."""
        return self.is_still_there() and bool(self.find_group())

    def _word_if_welcome(self) -> dict[str, Any] | None:
        return self.word() if self.is_still_there() else None

    @property
    def _key(self) -> str:
        key: str = self.scope["url_route"]["kwargs"]["key"]
        return key.replace("\0", "")  # which the database would not hear of


class TalkConsumer(TalksConsumer):
    """The talk with the person a case is about, for whoever has its key, as its page is."""

    def find_group(self) -> str:
        """Return the group of this talk."""
        talk = self._talk()
        return services.group_of_side(talk=talk) if talk else ""

    def word(self) -> dict[str, Any] | None:
        """Return its lines."""
        talk = self._talk()
        return presenters.word_to_side(talk) if talk else None

    def _talk(self) -> Talk | None:
        talk = selectors.opened_by_key(self._key)
        return None if talk is None or talk.report_id else talk  # that is read by the report's key


class ReportTalkConsumer(TalksConsumer):
    """The talk with whoever made a report, for who has the report's key; perhaps none yet."""

    def find_group(self) -> str:
        """Return the group of this report's talk."""
        report = self._report()
        return services.group_of_side(report=report) if report else ""

    def word(self) -> dict[str, Any] | None:
        """Return its lines, if there are any."""
        report = self._report()
        return presenters.word_to_side(selectors.talk_of(report)) if report else None

    def _report(self) -> Report | None:
        found: Report | None = Report.objects.filter(key=self._key).first()
        return found


class CaseTalksConsumer(TalksConsumer):
    """All talks of a case, for moderators."""

    def find_group(self) -> str:
        """Return the group of this case."""
        case = self._case()
        return services.group_of_case(case.pk) if case else ""

    def word(self) -> dict[str, Any] | None:
        """Return the lines of each talk."""
        case = self._case()
        return presenters.word_to_moderators(case) if case else None

    def _case(self) -> Case | None:
        # Read anew: the one of the handshake is as it was then.
        user = User.objects.filter(pk=self.scope["user"].pk).first()
        if user is None or not may_see(user):
            return None
        key = self.scope["url_route"]["kwargs"]["case_id"]
        found: Case | None = Case.objects.select_related("person").filter(pk=key).first()
        return found
