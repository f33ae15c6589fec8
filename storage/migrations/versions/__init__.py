"""One module a step, oldest first by its number. A step that was released is never edited."""
