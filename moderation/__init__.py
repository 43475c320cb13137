"""Reports, takedowns, decisions and appeals."""
