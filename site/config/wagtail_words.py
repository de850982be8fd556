"""Wagtail's texts that call a review something else, for our catalogs to say it in our words.

In English they stand in `site/locale_english/`.
"""
# ruff: noqa: E501 - each text stands whole, as Wagtail has it

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = [
    gettext_noop("%(model_name)s '%(object)s' created and submitted for moderation."),
    gettext_noop("%(model_name)s '%(object)s' has been submitted for moderation."),
    ngettext_lazy(
        "This task is in progress on %(states_in_progress)d page/snippet. Disabling this task will cause it to be skipped in the moderation workflow and not be listed for selection when editing a workflow.",
        "This task is in progress on %(states_in_progress)d pages/snippets. Disabling this task will cause it to be skipped in the moderation workflow and not be listed for selection when editing a workflow.",
        1,
    ),
    ngettext_lazy(
        "This workflow is in progress on %(states_in_progress)d page/snippet. Disabling this workflow will cancel moderation on this page/snippet.",
        "This workflow is in progress on %(states_in_progress)d pages/snippets. Disabling this workflow will cancel moderation on these pages/snippets.",
        1,
    ),
    gettext_noop("In Moderation"),
    gettext_noop("No pages/snippets have been submitted for moderation yet"),
    gettext_noop("Page '%(page_title)s' created and submitted for moderation."),
    gettext_noop("Page '%(page_title)s' has been submitted for moderation."),
    gettext_noop(
        "Pages/snippets at this step in a workflow will be moderated or approved by these groups of users"
    ),
    gettext_noop("Receive notification when a page is submitted for moderation"),
    gettext_noop("Submit for moderation"),
    gettext_noop(
        "The %(model_name)s '%(title)s' is not currently awaiting moderation in task '%(task_name)s'."
    ),
    gettext_noop("The %(model_name)s '%(title)s' is not currently awaiting moderation."),
    gettext_noop("The page '%(page_title)s' is not currently awaiting moderation in task '%(task_name)s'."),
    gettext_noop("The page '%(page_title)s' is not currently awaiting moderation."),
    gettext_noop("This %(model_name)s hasn't been submitted for moderation yet"),
    gettext_noop("This %(model_name)s is currently awaiting moderation."),
    gettext_noop("This page hasn't been submitted for moderation yet"),
    gettext_noop(
        "This workflow is currently in progress on %(workflow_states_in_progress)s pages. Deleting this workflow will cancel moderation on these page. Are you sure you want to delete this workflow?"
    ),
    gettext_noop("Your pages and snippets in a workflow"),
    gettext_noop("in moderation"),
    gettext_noop("live + in moderation"),
]
