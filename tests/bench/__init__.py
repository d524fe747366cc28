"""How fast the way of a text is, station by station; not run by pytest."""
