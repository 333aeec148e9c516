"""What is remembered: made once, and never more of it than was said."""

from bot.core.matching.remembered import remembered


def test_each_value_is_made_once_until_there_are_too_many():
    made = []

    @remembered(2)
    def doubled(number):
        made.append(number)
        return 2 * number

    assert [doubled(number) for number in (1, 2, 1, 2)] == [2, 4, 2, 4]
    assert made == [1, 2]
    assert doubled(3) == 6
    assert len(doubled.__self__) <= 2
    assert doubled(1) == 2
    assert made == [1, 2, 3, 1]
