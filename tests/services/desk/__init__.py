"""The desk read by officers of two offices."""
