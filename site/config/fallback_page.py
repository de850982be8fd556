"""The error page that needs no template, no translation and no file."""

from django.http import HttpResponse
from django.utils.html import format_html

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Something went wrong</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
  </head>
  <body>
    <main>
      <h1>Something went wrong on our side</h1>
      <p>We are sorry. Please try again in a few minutes.</p>
      <p>If you tell us about it, please name this number: <code>{}</code></p>
    </main>
  </body>
</html>
"""


def last_resort(request_id: str) -> HttpResponse:
    """Return the page that says something broke, where the site's own cannot be made."""
    headers = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(format_html(PAGE, request_id), status=500, headers=headers)
