"""Names that lead to accounts: who hears of it, and where people see it."""
