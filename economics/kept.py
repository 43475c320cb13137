"""What is kept of money, and for how long."""

from config.lib import kept
from config.lib.kept import Fate, Kept
from economics.forgetting import forget_giver

BOOKS = "Ten years: what books and receipts are kept for (GDPR, article 17 (3) (b))"


def register_all() -> None:
    """Say what is kept, and what happens to it when somebody leaves."""
    kept.register(
        Kept(
            "economics.Contribution",
            "What you gave or were given: amounts, shares, and your words beside it",
            Fate.ANONYMISED,
            BOOKS,
            section="contributions",
            words="It names an account that has no name any more, and your words beside it go.",
        ),
        Kept(
            "economics.Pledge",
            "What you give each month",
            Fate.ANONYMISED,
            BOOKS,
            section="contributions",
            words="It ends when you leave.",
            minor=True,
        ),
        Kept(
            "economics.Receipt",
            "The number of a receipt, with the country you said you are in",
            Fate.KEPT,
            BOOKS,
            section="contributions",
            minor=True,
        ),
        Kept(
            "economics.PayLink",
            "How you are paid",
            Fate.REMOVED,
            "Until you take it away",
            section="pay_links",
        ),
        Kept(
            "economics.ArtistPayout",
            "What you asked for of what was owed to you, and where it was sent",
            Fate.ANONYMISED,
            BOOKS,
            section="payouts",
            words="What is owed to you becomes nobody’s: ask for it before you leave.",
        ),
        Kept(
            "economics.Disbursement",
            "Which of the staff sent money on to a charity",
            Fate.KEPT,
            BOOKS,
            words="It names an account that has no name any more; nobody takes it along.",
            minor=True,
        ),
    )
    kept.on_farewell(forget_giver)
    kept.impersonal(
        economics__Charity="Whom givers can share with",
        economics__DisbursementReceipt="Files that show what was sent on to a charity",
        economics__LedgerAccount="Accounts of the ledger: ids, no names",
        economics__LedgerTransaction="What happened with money: ids and amounts",
        economics__LedgerEntry="Amounts on accounts",
        economics__Batch="Published totals of what was given",
        economics__Leaf="What of the ledger is in which of these",
        economics__ProviderCall="What was asked of a provider of money: ids",
        economics__ProviderEvent="What a provider told of a contribution: ids and amounts",
        economics__Price="What artists ask for a copy",
    )
