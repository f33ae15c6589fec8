"""An HTTP server that lets as many callers wait as a real gateway does."""

from __future__ import annotations

from http.server import ThreadingHTTPServer


class PatientServer(ThreadingHTTPServer):
    """The library's own keeps five waiting; the sixth would find the line shut."""

    request_queue_size = 128
    daemon_threads = True
