"""Vacancies: entered, imported, published, looked through, wanted."""
