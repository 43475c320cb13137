"""Queries that the ORM writes once and that are asked many times, each time with other values.

To write a query of six joins takes Django longer than PostgreSQL takes to answer it, and so does
planning it. What a page for all asks is always the same but for a key: so its SQL is kept, each
connection prepares it (PREPARE), and only the values change.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from types import MappingProxyType, SimpleNamespace
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections
from django.db.backends.postgresql import base
from django.db.models import QuerySet
from psycopg.sql import Literal

Row = TypeVar("Row")


Binding: Any = base.ServerBindingCursor


class PreparedCursor(Binding):
    """A cursor that lets PostgreSQL plan a query once for each connection."""

    def execute(self, query: str, params: Any = None, **_words: Any) -> Any:
        """Run the query as a prepared statement; all others stay as Django has them."""
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, prepare=True)
        finally:
            self.connection.prepare_threshold = None
            self._query = SimpleNamespace(query=query.encode())  # what Django's log of queries asks


def _fetch(alias: str, sql: str, params: tuple[Any, ...]) -> list[Any]:
    connection: Any = connections[alias]
    connection.ensure_connection()
    raw = connection.connection
    # One cursor for each connection: to make one costs a tenth of what it is asked for.
    bare = getattr(raw, "prepared_cursor", None)
    if bare is None:
        bare = raw.prepared_cursor = PreparedCursor(raw)
    cursor = connection._prepare_cursor(bare)
    cursor.execute(sql, params)
    found: list[Any] = cursor.fetchall()
    return found


def _with_constants(alias: str, sql: str, params: Iterable[Any], names: list[str | None]) -> str:
    """Write what never changes into the SQL, so that a partial index is known to fit it."""
    connection: Any = connections[alias]
    connection.ensure_connection()
    first, *rest = sql.split("%s")
    for param, name, following in zip(params, names, rest, strict=True):
        word = "%s"
        if name is None:
            word = Literal(param).as_string(connection.connection).replace("%", "%%")
        first += word + following
    return first


class Written(NamedTuple):
    """A query as SQL, and which value each of its parameters takes."""

    rows: Any
    compiler: Any
    converters: dict[int, Any]
    sql: str
    names: tuple[str, ...]


class _Answered:
    """A query set as Django's iterables read it, whose rows are there already.

    To clone the query set for each question would cost a third of what asking costs.
    """

    _known_related_objects: Mapping[Any, Any] = MappingProxyType({})

    def __init__(self, written: Written, alias: str, rows: list[Any]) -> None:
        self.db, self.query = alias, self
        self._rows, self._written = rows, written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._written.rows.query, name)

    def get_compiler(self, *_args: Any, **_words: Any) -> Any:
        """Return the compiler that wrote the query; it hands out the rows instead of asking."""
        kept = self._written.compiler
        compiler = object.__new__(type(kept))
        vars(compiler).update(vars(kept))
        compiler.connection = connections[self.db]
        compiler.execute_sql = lambda *_args, **_words: [self._rows]
        compiler.get_converters = lambda _columns: self._written.converters
        return compiler


class Prepared(Generic[Row]):
    """A query by its builder, which is handed a stand-in for each value (`slug="stand-in"`).

    `rules` returns what else the SQL depends on, such as registered rules of access: when it
    changes, the query is written anew. A query with a moment in it cannot be prepared, as it would
    stay that moment: use `Now()`.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Row]],
        *,
        rules: Callable[[], Hashable] = lambda: None,
        **stand_ins: Any,
    ) -> None:
        self._build, self._rules, self._stand_ins = build, rules, stand_ins
        self._written: tuple[Hashable, Written] | None = None

    def ask(self, **values: Any) -> list[Row]:
        """Return the rows for these values, as the builder's query would.

        Raises KeyError for a value that is missing, ValueError for a query that cannot be prepared.
        """
        written = self._now()
        params = tuple(values[name] for name in written.names)
        rows, alias = written.rows, written.rows.db
        found = _fetch(alias, written.sql, params)
        return list(rows._iterable_class(_Answered(written, alias, found)))

    def one(self, **values: Any) -> Row | None:
        """Return the first of the rows, None where there is none."""
        return next(iter(self.ask(**values)), None)

    def _now(self) -> Written:
        rules = self._rules()
        if self._written is None or self._written[0] != rules:
            self._written = rules, self._write()
        return self._written[1]

    def _write(self) -> Written:
        rows = self._build(**self._stand_ins)
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        if any(isinstance(param, date) for param in params):
            raise ValueError("A moment in a prepared query would stay that moment.")
        names = [self._name_of(param) for param in params]
        if missing := self._stand_ins.keys() - set(names):
            raise ValueError(f"The query does not ask for {sorted(missing)}.")
        if getattr(rows, "_prefetch_related_lookups", ()):
            raise ValueError("A prepared query is one query: nothing can be fetched beside it.")
        asked = tuple(name for name in names if name is not None)
        converters = compiler.get_converters([column[0] for column in compiler.select])
        sql = _with_constants(rows.db, sql, params, names)
        return Written(rows, compiler, converters, sql, asked)

    def _name_of(self, param: Any) -> str | None:
        same = (name for name, value in self._stand_ins.items() if value == param)
        return next(same, None)
