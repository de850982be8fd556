"""What is looked up once while nothing changes, and each time at any other."""

from region_gate.constancy import asked_once, constant, is_constant


def test_an_answer_is_found_once_for_each_question_while_all_is_constant():
    asked = []

    @asked_once
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(1), double(1)] == [2, 2]
    with constant():
        assert [double(1), double(1), double(2)] == [2, 2, 4]
        with constant():
            assert double(1) == 2
    assert double(1) == 2
    assert asked == [1, 1, 1, 2, 1, 1]


def test_it_is_known_whether_all_is_constant():
    assert not is_constant()
    with constant():
        assert is_constant()
    assert not is_constant()
