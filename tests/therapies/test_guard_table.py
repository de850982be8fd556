"""The guard's table of disguises and innocent sentences, each with what must come of it."""

from collections import Counter

import pytest

from .guard_table import NOTHING, REFUSED, cases, outcome_of

CASES = [*cases()]


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_each_text_of_the_table_is_refused_left_to_a_person_or_left_alone(language):
    ours = [case for case in CASES if case.language == language]
    assert {case: outcome_of(case.text) for case in ours} == {case: case.outcome for case in ours}


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_the_table_holds_sixty_disguises_and_a_hundred_innocent_sentences_each_once(language):
    ours = [case for case in CASES if case.language == language]
    counts = Counter(case.outcome for case in ours)
    assert counts[REFUSED] >= 60
    assert counts[NOTHING] >= 100
    assert len({case.text for case in ours}) == len(ours)
