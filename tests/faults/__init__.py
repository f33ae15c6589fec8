"""Faults on real processes: everything `kuning up` starts, killed on purpose and looked at."""
