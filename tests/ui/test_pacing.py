"""How often the bot speaks."""

from datetime import UTC, datetime, timedelta

from bot.ui.pacing import PER, QUESTIONS, REMEMBERED, SAME_ANSWER, Once, Pacing


class Clock:
    def __init__(self):
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self):
        return self.now

    def tick(self, seconds):
        self.now += timedelta(seconds=seconds)


def test_five_questions_pass_the_sixth_waits_and_half_a_minute_later_all_is_well():
    clock = Clock()
    pacing = Pacing(clock)
    for _ in range(QUESTIONS):
        assert pacing.wait(1) == 0
        clock.tick(1)
    assert pacing.wait(1) == 25
    assert pacing.wait(2) == 0
    clock.tick(25)
    assert pacing.wait(1) == 0
    assert pacing.wait(1) == 1


def test_a_server_has_a_limit_of_its_own_and_a_new_one_counts_at_once():
    clock = Clock()
    pacing = Pacing(clock)
    minute = timedelta(minutes=1)
    for _ in range(2):
        assert pacing.wait(1, 7, questions=2, per=minute) == 0
        clock.tick(10)
    assert pacing.wait(1, 7, questions=2, per=minute) == 40
    assert pacing.wait(1, 8, questions=2, per=minute) == 0
    assert pacing.wait(1) == 0
    assert pacing.wait(1, 7, questions=3, per=minute) == 0
    assert pacing.wait(1, 7, questions=1, per=minute) == 60
    clock.tick(60)
    assert pacing.wait(1, 7, questions=1, per=minute) == 0


def test_refused_questions_do_not_prolong_the_wait():
    clock = Clock()
    pacing = Pacing(clock)
    for _ in range(QUESTIONS + 20):
        pacing.wait(1)
    clock.tick(PER.total_seconds())
    assert pacing.wait(1) == 0


def test_a_user_is_told_to_wait_once_in_half_a_minute():
    clock = Clock()
    pacing = Pacing(clock)
    assert pacing.first_refusal(1)
    assert not pacing.first_refusal(1)
    clock.tick(PER.total_seconds())
    assert pacing.first_refusal(1)


def test_the_same_answer_is_found_for_a_minute_in_its_channel():
    clock = Clock()
    pacing = Pacing(clock)
    assert pacing.earlier(5, "a") is None
    posted = pacing.post(5, "a")
    posted.message = 77
    assert pacing.earlier(5, "a") is posted
    assert pacing.earlier(6, "a") is None
    assert pacing.earlier(5, "b") is None
    clock.tick(SAME_ANSWER.total_seconds() - 1)
    assert pacing.earlier(5, "a") is posted
    clock.tick(1)
    assert pacing.earlier(5, "a") is None


def test_a_deleted_or_failed_answer_is_not_pointed_to():
    pacing = Pacing(Clock())
    posted = pacing.post(5, "a")
    posted.message = 77
    pacing.forget(77)
    assert pacing.earlier(5, "a") is None
    pacing.withdraw(pacing.post(5, "b"))
    assert pacing.earlier(5, "b") is None


def test_withdrawing_an_answer_leaves_a_newer_one_of_the_same():
    pacing = Pacing(Clock())
    old = pacing.post(5, "a")
    new = pacing.post(5, "a")
    pacing.withdraw(old)
    assert pacing.earlier(5, "a") is new


def test_memory_is_bounded():
    pacing = Pacing(Clock())
    once = Once()
    for number in range(REMEMBERED + 50):
        pacing.wait(number)
        pacing.first_refusal(number)
        pacing.post(number, "a")
        once.first(number)
    assert len(pacing._asked) == len(pacing._warned) == len(pacing._posted) == len(once._seen) == REMEMBERED


def test_once_is_once_until_forgotten():
    once = Once()
    assert once.first("a")
    assert not once.first("a")
    once.forget("a")
    assert once.first("a")
