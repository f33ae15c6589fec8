"""The linter: everything a book can be wrong about, found before a caller finds it.

One small module for each family of rules; ``menus.check`` runs them all.
"""
