"""The web as the world reaches it."""
