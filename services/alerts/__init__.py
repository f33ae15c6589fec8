"""News of vacancies: who wants to hear of which, who is told, and in which words.

In here: the consent and its answers, one switch, the matching of a vacancy, the weekly SMS, what
an SMS says of a vacancy, and what its reader may answer. What may not come in: the statements that
match (`storage.alert_matching`), how a message travels (`services.delivery`), and what a vacancy
is (`services.vacancies`).
"""
