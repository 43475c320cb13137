"""Money in the admin, topic by topic."""

from economics.books import admin as books  # noqa: F401 - registers itself
from economics.charities import admin as charities  # noqa: F401 - as above
from economics.contributions import admin as contributions  # noqa: F401 - as above
from economics.hooks import admin as hooks  # noqa: F401 - as above
from economics.payouts import admin as payouts  # noqa: F401 - as above
