"""The command `kuning` as a person types it."""
