"""`calibrate`: thresholds and rates on messages that were left out of the training."""

import re


def test_rates_are_shown_for_both_thresholds_with_their_bounds(rolewise):
    done = rolewise("calibrate")
    text = done.stdout.decode()
    assert done.returncode == 0
    addressed, overheard = text.split("overheard: ")
    for part in (addressed, overheard):
        assert re.search(r"questions +\d+\.\d%  \(\d+\.\d% to \d+\.\d%\) +\d+ of \d+", part)
        assert "shop-talk" in part

    def share(part, sort):
        return float(re.search(rf"{sort} +(\d+\.\d)%", part)[1])

    assert share(addressed, "questions") > share(overheard, "questions") > share(overheard, "talk")


def test_knowledge_without_messages_is_refused_with_the_reason(rolewise, tmp_path):
    (tmp_path / "faq").mkdir()
    done = rolewise("calibrate", "--knowledge", str(tmp_path))
    assert done.returncode == 2
    assert b"messages/" in done.stderr
