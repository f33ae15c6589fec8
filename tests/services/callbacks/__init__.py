"""Tests of ringing people back."""
