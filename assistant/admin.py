"""What machines have read and made, topic by topic."""

from assistant.consent import admin as consent  # noqa: F401 - registers itself
from assistant.meaning import admin as meaning  # noqa: F401 - as above
from assistant.providers import admin as providers  # noqa: F401 - as above
from assistant.runs import admin as runs  # noqa: F401 - as above
from assistant.suggestions import admin as suggestions  # noqa: F401 - as above
from assistant.transcripts import admin as transcripts  # noqa: F401 - as above
