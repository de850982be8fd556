"""Who may come in: signing in, second factors, sessions, single sign-on."""
