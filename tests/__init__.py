"""Tests mirror the rooms; each is named as a sentence and reads as a story."""
