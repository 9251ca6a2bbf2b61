"""Pages about people that nobody is to keep: not indexed, not cached, and the next site is not told of them."""

from django.http import HttpResponse


def discreet(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
