"""The shell round the menus' engine: one callback in, one screen out.

Here live slicing, replay, the one winner of a race, calls made once and drafts. What a call
does stays outside: it is a use case, handed in with the parts.
"""

from services.dialogue.shell import Dialogue, DialogueParts, Turn

__all__ = ["Dialogue", "DialogueParts", "Turn"]
