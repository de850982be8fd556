"""Where releases meet Wagtail: what is done with them is logged."""

from wagtail import hooks

from . import history

hooks.register("register_log_actions", history.register)
