"""The current edition of regions, policies and redirects, which every process looks up."""

from uuid import uuid4

from django.db import connection, models


class Edition(models.Model):
    """The one row that names the present edition; no two editions ever have the same name.

    It is also the one lock of all who decide what visitors may see.
    """

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
    def lock(cls) -> None:
        """Lock all changes of what visitors may see until the transaction ends.

        To be called in a transaction, before any other row is written and before all that the
        decision rests on is read: what was read earlier may be out of date by now. Whoever only
        reads waits for nobody. Raises TransactionManagementError outside a transaction.
        """
        held = cls.objects.select_for_update().filter(pk=1)
        if not held.first():
            Edition.objects.bulk_create([Edition(pk=1)], ignore_conflicts=True)
            held.get()

    @classmethod
    def lock_in_transaction(cls) -> None:
        """Lock if a transaction is open; without one a lock would end at once."""
        if connection.in_atomic_block:
            cls.lock()

    @classmethod
    def renew(cls) -> None:
        """Start a new edition, in the same transaction as the change that calls for it."""
        edition = Edition(pk=1, name=uuid4().hex)
        Edition.objects.bulk_create(
            [edition], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
        )
