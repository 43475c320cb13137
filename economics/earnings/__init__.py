"""What artists were given, from whom, for what: by month, with plots and tables."""
