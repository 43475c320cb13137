"""The way to give: a page and an API."""
