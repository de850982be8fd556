"""Which edition of regions, policies and redirects is in use: every process asks, none is told."""

from uuid import uuid4

from django.db import connection, models


class Edition(models.Model):
    """The one row that names the present edition; no two editions ever have the same name."""

    name = models.CharField(max_length=32)

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    @classmethod
    def current(cls) -> str:
        """Return the present edition's name, blank before anything was ever changed.

        Each page asks, so the question is put in SQL: the ORM takes longer than the database.
        """
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT name FROM {cls._meta.db_table}")  # noqa: S608 - our own table
            row = cursor.fetchone()
        return row[0] if row else ""

    @classmethod
    def renew(cls) -> None:
        """Start a new edition, in the same transaction as the change that calls for it."""
        name = uuid4().hex
        if not cls.objects.filter(pk=1).update(name=name):
            cls.objects.create(pk=1, name=name)
