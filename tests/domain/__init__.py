"""The rules, as tables of cases and as properties that hold for any input."""
