"""Tickets: complaints, and what people ask about their own data, until they are content.

What comes in: tickets with their clock, the SMS about them, the answers to "1 Puas 2 Belum". What
may not: decisions on cards, and the full number of a caller: nobody is rung from here.
"""
