"""The index that visitors search: texts, the terms in them, and keys by which near words are found.

Plain tables, so that SQLite and PostgreSQL find the same.
"""

from typing import ClassVar

from django.db import models

from .pages import RegionHomePage


class SearchDocument(models.Model):
    """A text that visitors of a region find in one language: a page's own, or what pages bring along."""

    home = models.ForeignKey(RegionHomePage, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=20)  # what kind of thing it is the text of
    key = models.BigIntegerField()  # of the thing
    text = models.TextField()
    digest = models.CharField(max_length=64, default="")  # of all that is indexed of it; blank: not known

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["home", "source", "key"], name="one_text_of_a_thing_to_be_searched"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["source", "key"], name="searched_things")]

    def __str__(self) -> str:
        return f"{self.home}: {self.source} {self.key}"


class SearchPosting(models.Model):
    """A term that a text has."""

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="postings")
    home = models.ForeignKey(RegionHomePage, on_delete=models.CASCADE, related_name="+", db_index=False)
    page = models.BigIntegerField(null=True)  # the key of the page whose own text it is
    term = models.CharField(max_length=64)
    weight = models.IntegerField()
    word = models.CharField(max_length=64)  # as it stands there

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["home", "term", "page", "weight", "document"], name="searched_terms")
        ]

    def __str__(self) -> str:
        return self.term


class SearchKey(models.Model):
    """A key of a word that a text in some language has or had."""

    language = models.CharField(max_length=12)
    key = models.CharField(max_length=65)
    term = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "key", "term"], name="one_key_of_a_searched_word")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.term}"
