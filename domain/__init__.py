"""Pure rules of the manpower office: no clock, no network, no database, no framework.

In here: who a NIK speaks of, what a phone number is, how a text travels on the air, the life of a
card, which hours an office offers, regions, sectors and words.  What may not come in: anything
but the standard library and ``phonenumbers``; the clock (``now`` and ``today`` are arguments);
the words of menus and messages, which belong one floor up.
"""
