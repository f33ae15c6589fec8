"""Vacancies: entered or imported, published, looked through on a phone, and wanted.

What comes in: rules of vacancies and who may do what with them. What may not: who is told of one
by SMS (that is `services/alerts`), the words of screens, the columns of a file.
"""
