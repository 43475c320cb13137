"""What is kept of money, and for how long."""

from config.lib import kept
from config.lib.kept import Fate, Kept

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
            words="It names an account that has no name any more.",
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
    )
    kept.impersonal(
        economics__Charity="Whom givers can share with",
        economics__LedgerAccount="Accounts of the ledger: ids, no names",
        economics__LedgerTransaction="What happened with money: ids and amounts",
        economics__LedgerEntry="Amounts on accounts",
        economics__Price="What artists ask for a copy",
    )
