"""What staff do in the admin, in the sealed log: which page, which rows, before and after.

Django's own list of what was changed can be changed itself. Here each row that a page is about is
read before and after, however the page writes it. What people wrote is sealed as its digest alone,
for an entry is never taken back; a secret is not even that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.messages import ERROR, get_messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from config.lib.hidden import hidden
from media_pipeline.models import SealedEntry
from media_pipeline.sealing import services as sealing

ROWS_MOST = 200
WORDS_MOST = 200
SECRET = ("password", "secret", "token", "key", "hash", "seed")
OURS = {"auth", "moderation", "economics", "social", "tracks", "media_pipeline"}
LISTS = ("changelist", "add", "change", "delete")
Values = dict[str, Any]


def is_done(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether a page did what it was sent: it leads on then, and says of no error.

    An action on many rows may have done some of them and not others: that counts as done.
    """
    said = getattr(get_messages(request), "_queued_messages", [])
    is_refused = "action" not in request.POST and any(one.level >= ERROR for one in said)
    return response.status_code in (204, 302, 303) and not is_refused


@dataclass
class Act:
    """One sending of a form: `begin` before it, `seal` once it is done."""

    by: Any
    page: str
    model: type[models.Model] | None
    keys: list[str]
    action: str = ""
    is_of_all: bool = False
    before: dict[str, Values] = field(default_factory=dict)
    newest: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, request: HttpRequest) -> "Act":
        """Read from a request what it is about."""
        match = resolve(request.path_info)
        page = match.url_name or ""
        model = _model_of(page)
        action = request.POST.get("action", "") if page.endswith("_changelist") else ""
        keys = request.POST.getlist("_selected_action") if action else []
        if key := match.kwargs.get("object_id"):
            keys = [str(key)]
        is_of_all = request.POST.get("select_across") == "1"
        return cls(request.user, page, model, keys[:ROWS_MOST], action, is_of_all)

    def begin(self) -> None:
        """Read the rows as they are, and remember where both logs end."""
        self.before = self._read()
        entry = SealedEntry.objects.order_by("-id").values_list("id", flat=True).first()
        log = LogEntry.objects.order_by("-id").values_list("id", flat=True).first()
        self.newest = (entry or 0, log or 0)

    def seal(self) -> None:
        """Write down what has become of the rows; where it is nothing, that it was done."""
        has_changed = False
        for key, before, after in self._changed():
            what = "admin.deleted" if after is None else "admin.changed"
            words: Values = {} if after is None else {"after": _told(after)}
            self._append(what, key, before=_told(before), **words)
            has_changed = True
        for key, after in self._added():
            self._append("admin.added", key, after=_told(after))
            has_changed = True
        if self.action or not (has_changed or self._was_sealed()):
            rows: Any = "all that are listed" if self.is_of_all else self.keys
            named = {"action": self.action} if self.action else {}
            self._append("admin.acted", "", page=self.page, rows=rows, **named)

    def _append(self, kind: str, key: str, **words: Any) -> None:
        label = self.model._meta.label_lower if self.model else ""
        subject = f"{label}:{key}" if key else label
        sealing.append(kind=kind, actor=self.by.pk, subject=subject[:120], **words)

    def _read(self, keys: Iterable[str] | None = None) -> dict[str, Values]:
        wanted = self.keys if keys is None else list(keys)
        if self.model is None or not wanted:
            return {}
        rows = self.model._base_manager.filter(pk__in=_possible(self.model, wanted))
        return {str(row.pk): values_of(row) for row in rows}

    def _changed(self) -> Iterable[tuple[str, Values, Values | None]]:
        after = self._read(self.before)
        for key, before in self.before.items():
            if key not in after:
                yield key, before, None
            elif names := [name for name in before if before[name] != after[key][name]]:
                yield key, _only(names, before), _only(names, after[key])

    def _added(self) -> Iterable[tuple[str, Values]]:
        if not self.page.endswith("_add"):
            return
        made = LogEntry.objects.filter(
            user=self.by, pk__gt=self.newest[1], action_flag=ADDITION
        ).values_list("object_id", flat=True)
        yield from self._read([str(key) for key in made]).items()

    def _was_sealed(self) -> bool:
        newer = SealedEntry.objects.filter(pk__gt=self.newest[0], actor=str(self.by.pk))
        return newer.exists()


def values_of(row: models.Model) -> Values:
    """Return what a row holds, to be compared: of secrets and of people's words a digest."""
    found: Values = {}
    for column in row._meta.concrete_fields:
        if _is_secret(column.name):
            found[column.name] = hidden(column.value_from_object(row), "acts")
        else:
            found[column.name] = _value(row, column)
    for many in row._meta.many_to_many:
        name: Any = (lambda one: str(one.pk)) if is_somebodys(many.related_model) else str
        found[many.name] = sorted(name(one) for one in getattr(row, many.name).all())
    return found


def _told(values: Values) -> Values:
    return {name: "not told" if _is_secret(name) else value for name, value in values.items()}


def _only(names: list[str], values: Values) -> Values:
    return {name: values[name] for name in names}


def _is_secret(name: str) -> bool:
    return any(part in name for part in SECRET)


def _value(row: models.Model, column: Any) -> Any:
    value = column.value_from_object(row)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(column, models.EmailField) or (_is_words(column) and is_somebodys(type(row))):
        return f"words {hidden(value, 'acts')[:8]}" if value else ""
    return str(value)[:WORDS_MOST]


def _is_words(column: Any) -> bool:
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    return isinstance(column, kinds) and not column.choices and not column.primary_key


def is_somebodys(model: type[models.Model]) -> bool:
    """Tell whether rows of a model are of somebody: a person, what names one, or a package's."""
    people = get_user_model()
    names_one = any(one.related_model is people for one in model._meta.fields)
    return model is people or names_one or model._meta.app_label not in OURS


def _model_of(page: str) -> type[models.Model] | None:
    for model in apps.get_models():
        stem = f"{model._meta.app_label}_{model._meta.model_name}_"
        if page.startswith(stem) and page.removeprefix(stem) in LISTS:
            return model
    return None


def _possible(model: type[models.Model], keys: Iterable[str]) -> list[Any]:
    found = []
    for key in keys:
        try:
            found.append(model._meta.pk.to_python(key))
        except Exception:  # noqa: S112 - what cannot be a key names no row
            continue
    return found
