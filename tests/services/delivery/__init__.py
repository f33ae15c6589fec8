"""Delivery, told as stories of a post office."""
