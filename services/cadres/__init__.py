"""Cadres: enrolled by the desk, let in by their PIN, and the people they register.

In here: who is a cadre, what he may do a day, what he and the desk are told of it. What may not
come in: rules of cards and slots (a person is entered by `services.cards`), and how a PIN or a
registration is written (`domain.cadres`).
"""
