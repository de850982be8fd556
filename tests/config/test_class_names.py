"""One class name means one thing in production code."""

from tests.class_names import ROOT, classes, doubles, production_files


def test_no_class_name_is_used_twice():
    files = production_files()
    assert len(files) > 200
    assert doubles([ROOT / file for file in files]) == {}


def test_nested_classes_count_and_django_s_own_do_not():
    source = (
        "class Outer:\n    class Inner:\n        pass\n    class Meta:\n        pass\n"
        "class Command:\n    pass\nclass AppConfig:\n    pass\n"
    )
    assert [*classes(source)] == [("Outer", 1), ("Inner", 2)]


def test_a_name_used_twice_is_told_with_its_places(tmp_path):
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("class Notice: ...\nclass Policy: ...\n")
    other.write_text("def f():\n    class Notice: ...\n")
    assert doubles([one, other]) == {"Notice": [f"{one}:1", f"{other}:2"]}
