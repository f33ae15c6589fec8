"""Tests of the menus room."""
