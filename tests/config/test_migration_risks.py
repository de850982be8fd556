"""Which migrations the code that runs meanwhile would trip over."""

import pytest
from django.core.management import call_command
from django.db import models
from django.db.migrations import operations
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState

from config.migration_risks import NARROWER, NOT_FILLED, risk_of

TITLE, LONGER = models.CharField(max_length=20), models.CharField(max_length=30)
FREE = models.CharField(max_length=20, null=True)


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (operations.CreateModel("Other", []), ""),
        (operations.AddField("page", "more", FREE), ""),
        (operations.AddField("page", "more", models.IntegerField(db_default=1)), ""),
        (operations.AddField("page", "more", models.ManyToManyField("app.page")), ""),
        (operations.AddField("page", "more", models.IntegerField(default=1)), NOT_FILLED),
        (operations.AlterField("page", "title", LONGER), ""),
        (operations.AlterField("page", "free", TITLE), NARROWER),
        (operations.AlterField("page", "title", models.CharField(max_length=10)), NARROWER),
        (operations.AlterField("page", "title", models.IntegerField()), NARROWER),
        (operations.AlterField("page", "title", models.CharField(max_length=20, unique=True)), NARROWER),
        (operations.RemoveField("page", "title"), "what it reads is gone"),
        (operations.RenameField("page", "title", "name"), "what it reads has another name"),
        (operations.DeleteModel("page"), "what it reads is gone"),
        (operations.AddIndex("page", models.Index(fields=["title"], name="by_title")), ""),
    ],
)
def test_the_running_code_trips_over(operation, told):
    state = ProjectState()
    state.add_model(ModelState("app", "page", [("title", TITLE), ("free", FREE)]))
    assert risk_of(operation, "app", state) == told


@pytest.mark.django_db
def test_the_command_says_nothing_where_nothing_is_to_come(capsys):
    call_command("check_migrations")
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_the_command_names_what_is_to_come(capsys):
    MigrationRecorder.Migration.objects.filter(app="taggit", name__gte="0003").delete()
    with pytest.raises(SystemExit):
        call_command("check_migrations")
    assert "taggit.0003" in capsys.readouterr().out
