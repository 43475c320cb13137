"""What is given, to whom, and the ledger that adds it up."""

from economics.models.charity import Charity
from economics.models.contribution import WHOLE, Contribution, Pledge, Receipt
from economics.models.ledger import LedgerAccount, LedgerEntry, LedgerTransaction, account_key
from economics.models.proof import Batch, Leaf

__all__ = [
    "WHOLE",
    "Batch",
    "Charity",
    "Contribution",
    "Leaf",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerTransaction",
    "Pledge",
    "Receipt",
    "account_key",
]
