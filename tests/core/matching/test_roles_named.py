"""Which roles a text names: by name, alias, abbreviation, field, with slips, and which it leaves alone."""

import pytest

from bot.core.matching.question import Manner, Outcome

MLE, DS, DA, DE, MLOPS, AI = (
    "machine-learning-engineer",
    "data-scientist",
    "data-analyst",
    "data-engineer",
    "mlops-engineer",
    "ai-engineer",
)


def roles(assistant, text, manner=Manner.ADDRESSED):
    question = assistant.understand(text, manner=manner)
    return question.subject.roles if question.subject else ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("salary of a Machine Learning Engineer", (MLE,)),
        ("ml engineers: salary?", (MLE,)),
        ("MLE salary", (MLE,)),
        ("mle salary", (MLE,)),
        ("DS salary", (DS,)),
        ("what is a DE?", (DE,)),
        ("etl developer salary", (DE,)),
        ("datascientist salary", (DS,)),
        ("datascience salary", (DS,)),
        ("machine lerning enginer salary", (MLE,)),
        ("machine leaning engineer salary", (MLE,)),
        ("data scintist salary", (DS,)),
        ("salary in big data", (DE,)),
        ("data analytics salary", (DA,)),
        ("ai salary", (AI,)),
        ("data or ml engineer, who earns more?", (DE, MLE)),
        ("data engineer or scientist, who earns more?", (DE, DS)),
        ("ai/ml engineer salary", (AI, MLE)),
        ("ds vs da vs de vs mle", (DS, DA, DE, MLE)),
        ("is data science dying because of AI", (DS,)),
        ("will AI replace data analysts", (DA,)),
        ("do I need a data science degree to become a data analyst", (DA,)),
    ],
)
def test_roles_are_found(assistant, text, expected):
    assert roles(assistant, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the da vinci salary",
        "is de facto a salary",
        "as a matter of fact, salary",
        "what does a nurse earn",
        "salary of a civil engineer",
    ],
)
def test_two_letters_in_lower_case_and_outside_jobs_name_no_role(assistant, text):
    assert roles(assistant, text) == ()


def test_two_letters_count_in_lower_case_beside_vs_and_or(assistant):
    assert roles(assistant, "ds vs da") == (DS, DA)
    assert roles(assistant, "ds or da, who earns more") == (DS, DA)


def test_two_letters_count_in_lower_case_where_a_job_would_stand(assistant):
    for text in ("ds salary", "roadmap for ds", "how hard is it to get hired as a junior ds"):
        assert roles(assistant, text) == (DS,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("do i need kafka to be a de", (DE,)),
        ("everyone here wants to do ds, is it oversaturated", (DS,)),
        ("ds masters at 44, money well spent?", (DS,)),
        ("is swe a better bet than ds?", ("software-engineer", DS)),
    ],
)
def test_two_letters_count_in_lower_case_by_what_stands_around_them(assistant, text, expected):
    assert roles(assistant, text) == expected


def test_two_letters_in_a_shouted_text_need_a_second_cue(assistant):
    assert roles(assistant, "WHAT SALARY FOR A DE") == ()
    assert roles(assistant, "DS VS MLE SALARY") == (DS, MLE)


@pytest.mark.parametrize(
    "text",
    [
        "data analyst -> data engineer",
        "from data analyst to data engineer",
        "how do I switch from data analyst to data engineer",
        "I'm a data analyst, how do I become a data engineer?",
        "transition from a data analyst into a data engineer",
    ],
)
def test_in_a_move_the_target_comes_first(assistant, text):
    question = assistant.understand(text)
    assert question.subject.roles == (DE, DA)
    assert question.subject.intent.value == "role"
    assert question.subject.sections[0] == "getting-started"


@pytest.mark.parametrize(
    "text",
    [
        "data analyst for nine years, how would I grow into a data engineer",
        "DA looking to become more of a data engineer",
        "senior data analyst eyeing a data engineer job, any tips?",
    ],
)
def test_who_asks_is_no_aim(assistant, text):
    assert roles(assistant, text) == (DE, DA)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (
            "Five years of servers for a bank. Our data analysts send me notebooks. I'm thinking of going for data engineering.",
            "How much ML theory do I need to learn first?",
        ),
        (
            "My manager, a data scientist, wants me to become a data engineer, and I like the thought after six years here.",
            "What is that, and is it a step up from senior analyst?",
        ),
        (
            "I'm not interested in AI or heavy theory, I have written reports for a hospital since 2018 and I love SQL.",
            "How would you go about making the move into data engineering?",
        ),
    ],
)
def test_a_story_is_about_what_its_teller_aims_at(assistant, told, asked):
    assert roles(assistant, f"{told} {asked}")[:1] == (DE,)


def test_an_aim_of_other_people_is_not_the_story(assistant):
    text = (
        "Junior DS, bootcamp done, zero callbacks. My cousin says skip DS and go be an analyst first. I have applied to"
        " three hundred ads by now. How do people get their first DS job these days?"
    )
    assert roles(assistant, text)[:1] == (DS,)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how much stats does a data analyst use", (DA,)),
        ("statistics for data analysts, how deep do you go", (DA,)),
        ("do data analysts have to be good software engineers", (DA,)),
        ("Economics BA, is that enough for data science", (DS,)),
    ],
)
def test_what_somebody_has_to_know_or_has_studied_is_no_role_asked_about(assistant, text, asked):
    assert roles(assistant, text) == asked


def test_what_the_asker_is_comes_after_what_is_asked_about(assistant):
    assert roles(assistant, "hey, senior DE here, what do data analysts do all day")[0] == DA


@pytest.mark.parametrize(
    "text", ["did anyone hire you as developer after a bootcamp?", "are there any dev jobs"]
)
def test_a_bare_word_for_who_does_the_work_is_the_commonest_of_them(assistant, text):
    assert roles(assistant, text) == ("software-engineer",)


@pytest.mark.parametrize(
    "text", ["sports analyst salary", "firmware developer roadmap", "how to be a quest developer"]
)
def test_the_same_word_of_another_sort_is_not(assistant, text):
    assert assistant.understand(text).outcome is not Outcome.ANSWER


def test_a_syllable_is_no_abbreviation(assistant):
    assert roles(assistant, "the server does not start after reboot, what am I missing") == ()


@pytest.mark.parametrize(
    "text", ["civil engineer wants data science, how?", "Pharmacist here. Is data science a job for me"]
)
def test_who_wants_into_a_field_asks_about_it_whatever_they_are(assistant, text):
    assert roles(assistant, text) == (DS,)


def test_a_move_to_an_outside_job_is_unknown(assistant):
    question = assistant.understand("from data analyst to nurse")
    assert question.outcome is Outcome.UNKNOWN
    assert question.outside == ("nurse",)


def test_a_move_from_an_outside_job_is_answered(assistant):
    assert roles(assistant, "how can a nurse become a data analyst") == (DA,)


def test_a_field_taken_for_a_role_is_said(assistant):
    assert assistant.understand("data science salary").assumed == (("data science", DS),)


def test_a_general_word_for_several_roles_is_asked_back(assistant):
    question = assistant.understand("how do I become an engineer")
    assert question.outcome is Outcome.CLARIFY
    assert all(choice.roles[0].endswith("-engineer") for choice in question.choices)
    assert all(choice.sections == ("getting-started",) for choice in question.choices)
    assert 2 <= len(question.choices) <= 4


def test_more_than_five_roles_are_cut_to_the_first_five(assistant):
    assert roles(assistant, "ds vs da vs de vs mle vs mlops vs ai engineer") == (DS, DA, DE, MLE, MLOPS)


def test_every_name_alias_and_abbreviation_finds_its_role(assistant, snapshot):
    wrong = []
    for role in snapshot.roles.values():
        for name in (role.name, *role.aliases, *role.abbreviations):
            found = roles(assistant, f"{name} salary")
            if found != (role.id,):
                wrong.append((name, found))
    assert wrong == []


def test_evidence_says_what_matched_what(assistant):
    question = assistant.understand("data scintist salary")
    by_kind = {(one.kind, one.id): one for one in question.account.evidence}
    assert by_kind["role", DS].matched == "data scintist"
    assert by_kind["role", DS].how == "typo"
    assert by_kind["section", "salary"].matched == "salary"
    assert question.text[by_kind["section", "salary"].start : by_kind["section", "salary"].end] == "salary"
    assert 0 < question.account.margin <= question.confidence <= 1
