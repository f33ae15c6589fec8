"""Officers at the door."""
