"""Vacancies: entered or imported, published, looked through on a phone, and wanted.

What comes in: rules of vacancies, who may do what with them, files that offices send. What may
not: who is told of one by SMS (that is `services/alerts`), and the words of screens and pages.
"""
