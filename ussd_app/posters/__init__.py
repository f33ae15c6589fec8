"""Posters for villages, on paper: drawn by ourselves, with nothing fetched from anywhere."""
