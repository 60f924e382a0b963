"""Things that are named before, behind or beside what is asked of them: the names are put in their places."""
