"""The one blueprint of the desk; each page's module hangs its routes on it."""

from __future__ import annotations

from flask import Blueprint

from ussd_app.desk import guard

pages = Blueprint("desk", __name__)
pages.before_request(guard.admit)
