"""Notes as files that editors and spreadsheets read. Nothing here knows the database."""
