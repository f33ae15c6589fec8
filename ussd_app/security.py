"""What every answer of the web pages carries, and what every request must bring.

Rules: OWASP ASVS 5.0 3.3 (cookies), 3.4 (headers), 3.5 (CSRF), 4.1.3 (proxy headers), 14.3.2
(no-store). Pages load no inline script or style, so `script-src 'self'` stands without exceptions.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from runtime.settings import Settings
from ussd_app import current
from ussd_app.sessions import DeskSessions

MOST_BYTES = 64 * 1024
YEAR = 365 * 24 * 3600
# Pico draws its ticks and arrows from data: images.
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: the CSRF check over https compares the Referer of our own pages.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_csrf = CSRFProtect()


def install(app: Flask, settings: Settings) -> None:
    """Set the app's limits, cookies, sessions and headers."""
    https = settings.url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=100,
        # The __Host- prefix makes browsers refuse the cookie over http or with a Domain.
        SESSION_COOKIE_NAME="__Host-kuning" if https else "kuning",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # As long as the session lives; sessions end by themselves.
        WTF_CSRF_TIME_LIMIT=None,
        # Pages check through `protect`; webhooks of gateways carry a token in their path instead.
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    _csrf.init_app(app)
    app.session_interface = DeskSessions()
    app.after_request(_harden)
    _trust_proxies(app, settings.trusted_proxies)


def protect() -> None:
    """Refuse a change without the form token of this session."""
    _csrf.protect()


def refuse_other_sites() -> None:
    """Refuse a change that another site's page asks for, as far as the browser says who asks.

    Old browsers send neither header; the token is what holds them.
    """
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    ours = {request.host, urlsplit(current.house().settings.url).netloc}
    elsewhere = bool(origin) and urlsplit(origin).netloc not in ours
    if site not in {None, "same-origin", "none"} or elsewhere:
        abort(403)


def _harden(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if current.house().settings.url.startswith("https://"):
        answer.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    if request.endpoint == "static" and answer.status_code == 200:
        answer.headers["Cache-Control"] = _static_life()
    else:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _static_life() -> str:
    """A file asked for by its content's hash never changes; else a browser asks again."""
    return f"public, max-age={YEAR}, immutable" if request.args.get("v") else "no-cache"


def _trust_proxies(app: Flask, proxies: int) -> None:
    # Only as many hops as the operator says stand before us: a client cannot choose its address.
    if proxies:
        trusted = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_prefix=0)
        # Flask's own way to wrap an app is to set this method anew.
        app.wsgi_app = trusted  # type: ignore[method-assign]
