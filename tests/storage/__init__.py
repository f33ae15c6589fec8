"""Tests of the storage room, on a real PostgreSQL."""
