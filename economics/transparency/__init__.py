"""Where the money of this site went, for everybody: computed from the ledger."""
