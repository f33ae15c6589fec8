"""Ringing people back: what can be promised, the promise itself, and what an officer made of it.

What comes in: the office's rota, callback requests, the audit. What may not: card requests change
nothing here, and nobody is sent an SMS. A promise is only told once its row is committed.
"""
