"""Tests of the ground: settings, logs, embedded servers, supervisor."""
