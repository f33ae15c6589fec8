"""What an office tells and offers: answers to questions, fairs, trainings, its other services.

In here: which answer a question gets, by phone and by SMS, how officers change what is told, and
the visits and places that can be booked. What may not come in: the rules of the card
(`services.cards`), how words are matched (`domain.faq`), and the words of a screen.
"""
