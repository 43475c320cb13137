"""The composition root: settings, doors and embedded services. It knows every room."""
