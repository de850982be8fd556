"""Settings: `base` is shared; `dev`, `test` and `production` each say where they differ."""
