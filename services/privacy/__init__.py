"""What people decide about their own data: no more SMS, a copy, deletion (UU 27/2022).

What comes in: consents that end at once, tickets with 72 hours. What may not: deletion itself,
which an officer does who has seen the KTP.
"""
