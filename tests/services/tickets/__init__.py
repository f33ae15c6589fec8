"""Tests of complaints and of what people ask about their own data."""
