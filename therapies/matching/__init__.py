"""Finding products' names in texts: plain values, neither Django nor Wagtail."""
