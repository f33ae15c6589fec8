"""The desk, over Flask's own client and real servers."""
