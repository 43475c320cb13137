"""Where artists are paid: by givers directly, and when they ask for what is owed to them."""
