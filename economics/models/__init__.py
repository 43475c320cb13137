"""What is given, to whom, and the ledger that adds it up."""

from economics.models.charity import Charity
from economics.models.contribution import WHOLE, Contribution, Pledge, Receipt
from economics.models.ledger import LedgerAccount, LedgerEntry, LedgerTransaction, account_key
from economics.models.outgoing import ArtistPayout, Disbursement, DisbursementReceipt, Outgoing
from economics.models.pay_link import PayLink
from economics.models.price import Price
from economics.models.proof import Batch, Leaf
from economics.models.provider import ProviderCall, ProviderEvent

__all__ = [
    "WHOLE",
    "ArtistPayout",
    "Batch",
    "Charity",
    "Contribution",
    "Disbursement",
    "DisbursementReceipt",
    "Leaf",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerTransaction",
    "Outgoing",
    "PayLink",
    "Pledge",
    "Price",
    "ProviderCall",
    "ProviderEvent",
    "Receipt",
    "account_key",
]
