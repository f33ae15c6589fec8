"""Every dialogue of `tests/dialogues` over HTTP, on lines as they are: cut, forgetful, repeating.

The calls are answered as each dialogue tells it; door, sessions, drafts and rows are the real ones.
Here no flow is named: a dialogue that is added is played by itself.
"""
