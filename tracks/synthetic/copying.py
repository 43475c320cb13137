"""Rows of a model by COPY: thirty times as quick as one by one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import models


@dataclass
class Table:
    """Rows of a model on their way into the database: columns that differ, and one row of all."""

    model: type[models.Model]
    columns: Sequence[str]
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def copy(self, cursor: Any) -> None:
        """Write the rows."""
        same = {
            column.column: _written(column)
            for column in self.model._meta.concrete_fields
            if column.attname not in self.columns and not column.auto_created
        }
        now = datetime.now(UTC)
        for column in self.model._meta.concrete_fields:
            if getattr(column, "auto_now_add", False) or getattr(column, "auto_now", False):
                same[column.column] = now
        rest = tuple(same.values())
        names = ", ".join(f'"{name}"' for name in (*self.columns, *same))
        with cursor.copy(f'COPY "{self.model._meta.db_table}" ({names}) FROM STDIN') as copy:
            for row in self.rows:
                copy.write_row((*row, *rest))
        self.rows.clear()


def _written(column: Any) -> Any:
    value = column.get_default()
    return json.dumps(value) if isinstance(column, models.JSONField) else value
