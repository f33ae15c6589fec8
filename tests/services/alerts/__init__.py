"""News of vacancies: who is told of what, when, and who is not."""
