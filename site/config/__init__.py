"""The site as a whole: settings, addresses, server and the wiring between the apps."""
