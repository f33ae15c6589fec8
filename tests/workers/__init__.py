"""Workers and the clock, as processes and in parts."""
