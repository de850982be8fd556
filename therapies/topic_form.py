"""The form of a page about a topic."""

from typing import Any

from home.submission import PageForm


class TopicPageForm(PageForm):
    """Asks for a topic: one that the person may choose, or the one that the page has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer nobody what another region has only proposed."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("topic")
        if field and self.for_user:
            own = field.queryset.filter(pk=self.instance.topic_id)
            field.queryset = field.queryset.offered_to(self.for_user) | own

    def clean(self) -> dict[str, Any]:
        """Refuse a topic that another page there is about, before the page has a place."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        topic = cleaned.get("topic")
        if topic and self.parent_page:
            self.instance.check_topic(self.parent_page, topic.pk)
        return cleaned
