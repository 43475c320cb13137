"""What is given, to whom, and the ledger that adds it up."""

from economics.models.charity import Charity
from economics.models.contribution import WHOLE, Contribution, Pledge, Receipt
from economics.models.ledger import LedgerAccount, LedgerEntry, LedgerTransaction, account_key
from economics.models.price import Price

__all__ = [
    "WHOLE",
    "Charity",
    "Contribution",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerTransaction",
    "Pledge",
    "Price",
    "Receipt",
    "account_key",
]
