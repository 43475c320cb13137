"""Where a recording may be read by a machine: said by its owner, asked before every reading."""
