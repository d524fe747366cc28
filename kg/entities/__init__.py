"""Who is who: knowledge tables now, decisions across documents later. Pure functions over records."""
