"""What machines have read and made, to look at."""

from assistant.runs import admin as admin_runs  # noqa: F401 - registers its pages
from assistant.suggestions import admin as admin_suggestions  # noqa: F401 - as above
