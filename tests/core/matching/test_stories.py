"""Which roles a story asks about, of all that it names; and what around a name says that it is not asked about."""

import pytest

from bot.core.matching.question import Intent


def asked(assistant, text):
    return assistant._matcher._reader.read(text).chosen.ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is it true that deep learning people all end up in big tech", ("deep-learning-engineer",)),
        ("software engineer with 8 yrs of exp -> data scientist, is a pay cut inevitable?",
         ("data-scientist", "software-engineer")),
        ("How can a business analyst with domain knowledge in insurance shift to data science?",
         ("data-scientist", "business-analyst")),
        ("Mid-career DBA, what is the least painful way over to data engineering",
         ("data-engineer", "database-administrator")),
        ("Programmer of ten years -> data science, what maths am I missing?",
         ("data-scientist", "software-engineer")),
        ("SWE burnt out on CRUD, thinking about ML", ("machine-learning-engineer", "software-engineer")),
        ("can a biologist without any programming background get into bioinformatics",
         ("bioinformatics-scientist",)),
        ("getting into an AI lab as RE with a systems background", ("research-engineer",)),
        ("Electrical engineering student torn between robotics and machine learning",
         ("robotics-engineer", "machine-learning-engineer")),
        ("is analytics still a good field for career changers", ("data-analyst",)),
        ("do DEs earn more than DSs", ("data-engineer", "data-scientist")),
        ("how does an MLOps engineer differ from a data engineer", ("mlops-engineer", "data-engineer")),
        ("what hours does a BA in a large bank keep", ("business-analyst",)),
        ("how do product managers break into AI", ("ai-product-manager",)),
        ("are ETL specialists at risk from automated ingestion", ("data-engineer",)),
        ("Masters with a low GPA for data science jobs, pointless?", ("data-scientist",)),
        ("NLP vs CV, which has more jobs", ("nlp-engineer", "computer-vision-engineer")),
        ("can somebody look at my CV for ML jobs", ("machine-learning-engineer",)),
        ("do deep learning people earn more than regular ML people",
         ("deep-learning-engineer", "machine-learning-engineer")),
        # So long a time tells what somebody is.
        ("12 years a DBA, eyeing data engineering, what am I missing", ("data-engineer", "database-administrator")),
        ("10 yrs a BA, aiming at a data scientist role", ("data-scientist", "business-analyst")),
        ("is a maths degree a good basis for work in AI or do software engineers get in first",
         ("ai-engineer", "software-engineer")),
        ("do years as a data engineer make me a better candidate for machine learning",
         ("machine-learning-engineer", "data-engineer")),
        ("what level of software engineering do you expect from an ML engineer", ("machine-learning-engineer",)),
        ("do I need a PhD for research engineering in AI", ("research-engineer",)),
        ("Nurse with a soft spot for R, analytics as a way out?", ("data-analyst",)),
        ("career break then data analytics, do breaks kill an application", ("data-analyst",)),
        ("is a bootcamp enough to work like developer in Spain", ("software-engineer",)),
        ("do i have to know kafka for a junior level de", ("data-engineer",)),
        ("is AI eating all the junior developer jobs", ("software-engineer",)),
        ("analytics engineering pay after data analyst, does it jump?", ("analytics-engineer", "data-analyst")),
        ("with a PhD in NLP, can I be a machine learning researcher", ("machine-learning-researcher",)),
        ("masters in NLP or data science", ("nlp-engineer", "data-scientist")),
        ("painter who likes charts, is data visualisation a job one can live on", ("data-visualization-specialist",)),
        ("how do I get a first job as a DE compared to a first job as a DA", ("data-engineer", "data-analyst")),
        ("NLP or proper ML engineering, what would you pick", ("nlp-engineer", "machine-learning-engineer")),
    ],
)  # fmt: skip
def test_words_around_a_name_say_whether_it_is_asked_about(assistant, text, expected):
    assert asked(assistant, text) == expected


TELLS = "I have worked in the same office for nine years now and I am bored. "


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        # What friends do is told; what is asked is asked.
        (TELLS + "My best friend left to be a data engineer. What comes after data analyst?", ("data-analyst",)),
        # "What" and "is" within a sentence ask nothing.
        (TELLS + "A friend went the data analyst way but that is not what I want. Do machine learning jobs need a masters?",
         ("machine-learning-engineer",)),
        # Skills are asked about as what the role takes that was told before.
        (TELLS + "They call it being a BI analyst. Do I have to know statistics for that?",
         ("business-intelligence-analyst",)),
        # Two that were told before are compared as "the two".
        (TELLS + "Some want to become data analysts, others data scientists. What separates the two?",
         ("data-analyst", "data-scientist")),
        (TELLS + "They said I would make a good decision scientist. How is that different from a data scientist?",
         ("decision-scientist", "data-scientist")),
        # A step on the way is not where it leads.
        (TELLS + "A regular of mine says product analyst would suit me. Do you have to be a data analyst first?",
         ("product-analyst",)),
        # What others are, or what somebody brings along, is not asked about.
        (TELLS + "My neighbour got in as a data engineer. For data science they test SQL. How do I prepare with no programming?",
         ("data-scientist",)),
        (TELLS + "The posts as research engineer look open. Would a lack of ML papers sink me?", ("research-engineer",)),
        # A title above the story says what is asked.
        ("Data governance at a hospital\n" + TELLS + "They prefer somebody who was a data analyst. What would my week look like?",
         ("data-governance-specialist",)),
        ("Soldier leaving in spring, data science on a grant\n" + TELLS + "Which courses would count?",
         ("data-scientist",)),
        # Wherever they were told, the two are held against each other.
        (TELLS + "One colleague says go into data governance, another praises data quality. Which of the two suits an auditor?",
         ("data-governance-specialist", "data-quality-analyst")),
        # A title that joins two says which two, whoever else is told of.
        ("BI engineer or data engineer for the next ten years?\n" + TELLS + "A friend, who is a data scientist, says that "
         "pipelines last, another one that charts do. How do those two compare?",
         ("business-intelligence-engineer", "data-engineer")),
        # What somebody does not want to be is no aim.
        (TELLS + "I do not want to be a software engineer, the pipes are what I like. Is a degree a must for data engineers?",
         ("data-engineer",)),
        # Each of two questions asks about another one.
        (TELLS + "I would like to become an NLP engineer. Is there demand for NLP engineers? And what would a prompt engineer have to know?",
         ("nlp-engineer", "prompt-engineer")),
        # What it is but another name for was told before.
        (TELLS + "They look for a decision scientist. Is that just a nicer word for data scientist?",
         ("decision-scientist", "data-scientist")),
        # A step on the way, again.
        (TELLS + "I chose data engineering. Is there a way straight into data engineering, or must you be an analyst or a programmer first?",
         ("data-engineer",)),
        # The title stands for the field that was held against another.
        ("I cannot decide between data science and AI engineering. There are many more adverts for data scientist though. "
         + TELLS + "Which of the two should I choose?", ("data-scientist", "ai-engineer")),
        # Where somebody is moved to counts, not what they are.
        ("Frontend dev here. " + TELLS + "They offer me a move to the data engineering team or to the ML team. Which would you take?",
         ("data-engineer", "machine-learning-engineer")),
        (TELLS + "My boss wants me in another team as a data engineer. What would I have to learn?", ("data-engineer",)),
        # What it is better than is not what is asked about.
        (TELLS + "There are adverts for analytics engineers everywhere. Does it pay more than being an analyst?",
         ("analytics-engineer",)),
        # A way from somewhere leads elsewhere.
        (TELLS + "A classmate is a product analyst in Canada. How does one make the jump from data analyst to that?",
         ("product-analyst", "data-analyst")),
        # A verb within a sentence tells; so does "when" with none behind it.
        (("My landlord is a data engineer and my gym buddy is a machine learning engineer. I keep the books "
          "of a small brewery. Do I need a degree for a data analyst job?"),
         ("data-analyst",)),
        (("When the new data scientist asked me about our numbers I had nothing to say. I run the front desk "
          "of a clinic and would like to change. What should somebody learn first to get into data analytics?"),
         ("data-analyst",)),
        # A question without a name is about what was told of most, not about what is refused or of others.
        (("The job board of our town lists a statistician post at the health office. I have been a midwife "
          "for nine years, and a statistician is not what my mother had hoped for. My cousin is a software "
          "engineer in Oslo. How would I get there from where I am? I have no degree yet."),
         ("statistician",)),
        (("I sort parcels at night and read about databases by day. The hospital next door looks for a data "
          "quality analyst, and my sister says I check everything twice anyway. I want no data engineer "
          "shifts. What do I have to learn for it? And how long will that take me?"),
         ("data-quality-analyst",)),
        # Where it asks for differences, the last two are meant.
        (("The place was built up by a database administrator, and now everybody must pick a track by May. "
          "There is a data architect track with a lot of drawing. There is a data engineer track, too, and "
          "that one has the pager. Could somebody tell me the differences in what one does all day?"),
         ("data-architect", "data-engineer")),
        # What is aimed at may stand before the words that say so.
        (("Our museum pays badly and the data engineer upstairs laughs at my spreadsheets every single week. "
          "A bioinformatics scientist is what I have wanted to be since school. How do people get into that "
          "after a biology degree? I am in Porto."),
         ("bioinformatics-scientist",)),
        # Who opens a text with years in a job is of it.
        (("DBA in Lagos, eleven years now, tired of patching at night. The posts for a data engineer sound "
          "right to me. What should somebody with that past learn first? I know SQL well."),
         ("data-engineer",)),
        # A job far from a field makes no title with it.
        (("I have sold kitchens for eleven years and nearly became an engineering manager at a maker of ovens, of all things. "
          "My degree is in physics, twenty years old by now, and it gathers dust in a box. How would I get into machine learning?"),
         ("machine-learning-engineer",)),
        # Who is of something now, or has been for years, asks about what else is told.
        (TELLS + "I do devops now, mostly clusters. They look for somebody in MLOps. Would I need to know the models?",
         ("mlops-engineer",)),
        (TELLS + "Six years devops behind me. They look for somebody in MLOps. Would I need to know the models?",
         ("mlops-engineer",)),
        (TELLS + "I hope for a job as an analytics engineer here. My team writes dbt. How do I make that jump?",
         ("analytics-engineer",)),
        # What a nephew is is told.
        (TELLS + "My nephew is a programmer and laughs at me. So, AI. Is there a way in for somebody like me?", ("ai-engineer",)),
        # What a cousin suggests is meant for the asker.
        (TELLS + "A cousin suggested data engineering to me. My niece is a statistician. Is that a good idea at my age?",
         ("data-engineer",)),
        # "Each", "both" and "which one" stand for what was told of.
        (TELLS + "I waver between statistician in a clinic and data scientist in a bank. What are the days like in each?",
         ("statistician", "data-scientist")),
        (TELLS + "They would take me as a data product manager or, later on, as head of data. Which of both leads further?",
         ("data-product-manager", "head-of-data")),
        (TELLS + "They offer software engineering or data engineering. Which one is safer with all this AI around?",
         ("software-engineer", "data-engineer")),
        (TELLS + "Two teams want me, one as data scientist and one as applied scientist. Where does each of those lead?",
         ("data-scientist", "applied-scientist")),
        # Two years are no two jobs.
        (TELLS + "My sister is a statistician. I want to become a data analyst. Is that possible in two years?",
         ("data-analyst",)),
        # What comes next is asked of what somebody is.
        (TELLS + "People jump to product analytics, I hear. What is the next step up from junior data analyst?", ("data-analyst",)),
        # What it is worse than is not asked about.
        (TELLS + "I am an SRE and they plan an MLOps role for me. Is that line of work calmer than SRE?", ("mlops-engineer",)),
        # What a job is at risk from is a threat.
        (TELLS + "I would like to be a data analyst. Is that so much at risk from AI?", ("data-analyst",)),
        # A field is one to work in where it is said to be.
        (TELLS + "We got an AI tool at work and it caught me. Computer vision is the field, right? How long would it take?",
         ("computer-vision-engineer",)),
        # "Go" says what is aimed at, too.
        (TELLS + "Should I aim for bioinformatics at a clinic, or throw it all out and go general data science?",
         ("bioinformatics-scientist", "data-scientist")),
        # What one is paid for is a job to get; the developer is only who helped.
        (TELLS + "I clean tables by myself, a developer showed me SQL. People get paid for that as data quality analysts! What skills do they ask for?",
         ("data-quality-analyst",)),
        # "Another one" for a job is no person.
        (TELLS + "There is one vacancy for data architect and another one for business analyst. What are the tasks in the one and in the other?",
         ("data-architect", "business-analyst")),
        # A goal is an aim, however many others are led.
        (TELLS + "I lead five data scientists, and my stated goal is Head of Data. What does that job consist of?", ("head-of-data",)),
        # Knowledge of something is what a job asks for.
        (TELLS + "From spring they give me the title AI architect. Which knowledge of machine learning should such a person have?",
         ("ai-architect",)),
        # What it may just be is not asked about.
        (TELLS + "They called about a decision scientist vacancy. How is this defined? Is it just data science with a nicer hat?",
         ("decision-scientist",)),
        # "Which one" chooses between the jobs told, far apart as they may be.
        (TELLS + "One firm wants a prompt engineer and pays well for it. The other one, in Leeds, seeks an NLP engineer. Which one has a future?",
         ("prompt-engineer", "nlp-engineer")),
        # What one thing is told apart from is compared, and no place to come from.
        (TELLS + "I try to figure out what separates a product analyst from a data scientist in such firms. Which would suit me better?",
         ("product-analyst", "data-scientist")),
        # Whose title it is stands where he is; what others call themselves is the aim.
        (TELLS + "By now my title is BI analyst. Two in our office call themselves analytics engineers. How do I get from here to that? Is it seen as below a data engineer?",
         ("analytics-engineer",)),
        # What pay is compared with is a yardstick, and an unknown job beside it none.
        (TELLS + "They told me that I am basically a research engineer. How does the pay compare with a lecturer or with a developer?",
         ("research-engineer", "software-engineer")),
        # So is what something is done like, articles or not.
        (TELLS + "Recruiters write me about decision scientist jobs. Is the work calmer than a data scientist has it?",
         ("decision-scientist",)),
        # "The other offer", "the second one" and "that title" stand for what was told.
        (TELLS + "I have two offers. One is data engineer at an insurer. The other is analytics engineer at a startup. Does the other offer lead anywhere?",
         ("analytics-engineer",)),
        (TELLS + "There is an opening for a statistician in a clinic. A bank looks for a data architect. What is the pay of the second one?",
         ("data-architect",)),
        (TELLS + "My postings say data scientist, and data scientist again. I would call myself product analyst. Is the pay lower with that title?",
         ("product-analyst",)),
        # A dream is an aim, before or behind its name.
        (TELLS + "I read of statisticians, and of statisticians again. Goal: data engineer. Which course would you take?", ("data-engineer",)),
        (TELLS + "Burned out SRE. Deep learning engineer would be the dream. Should I do a master's?", ("deep-learning-engineer",)),
        # A sort of something is what the asker is, too.
        (TELLS + "I am an embedded SWE. There is room in the computer vision group. Is there a market for such people?",
         ("computer-vision-engineer",)),
        # Who asks for his own job means that.
        (TELLS + "I'm a BI developer. Our two data analysts clapped at the demo. Will my job exist in 5 years?",
         ("business-intelligence-engineer",)),
        # What is ranked against something is compared with it.
        (TELLS + "I would create an analytics engineer post for one of them. How do firms rank that against a senior data analyst?",
         ("analytics-engineer", "data-analyst")),
        # "Is it the same" holds both against each other.
        (TELLS + "I wrote data scientist, my tutor crossed it out and wrote statistician. Is it the same?", ("data-scientist", "statistician")),
    ],
)  # fmt: skip
def test_a_story_asks_about_what_its_questions_are_about(assistant, story, expected):
    assert asked(assistant, story) == expected


def test_what_friends_share_asks_for_no_sets(assistant):
    question = assistant.understand(
        "My two cousins share a flat and have nothing in common. "
        + TELLS
        + "Is a data engineer paid more than a data scientist?"
    )
    assert question.subject is not None
    assert question.subject.intent is Intent.CHOOSE


def test_a_greeting_is_no_abbreviation_with_a_slip(assistant):
    assert asked(assistant, "Ciao! What would a robotics engineer learn at university") == (
        "robotics-engineer",
    )


@pytest.mark.parametrize(
    "text",
    ["new to this, whats the diference between data analytics and data science",
     "hi all, quick one, what is the difference between data engineering and data science"],
)  # fmt: skip
def test_a_plain_comparison_is_answered_whatever_stands_around_it(assistant, text):
    question = assistant.understand(text)
    assert question.subject is not None
    assert len(question.subject.roles) == 2


def test_who_turns_into_something_is_asked_about_by_what_that_is(assistant):
    assert asked(assistant, "How can an experienced Oracle DBA turn into a data engineer?")[:1] == (
        "data-engineer",
    )
    assert asked(assistant, "Mid-career SWE, how would you retrain for ML today?")[:1] == (
        "machine-learning-engineer",
    )


def test_a_word_of_english_beside_letters_is_no_abbreviation(assistant):
    assert asked(assistant, "I could stay DBA, for as long as there are systems. Salary?") == (
        "database-administrator",
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [("DBA for 15 years, cloud killed half my job. data architect next?", "data-architect"),
     ("Research engineer first, research scientist later: does that work without a PhD", "research-scientist"),
     ("Senior data engineer thinking of management, what does a data manager do all day?", "data-manager"),
     ("Graphic designer -> data visualization, do I have to learn to code??", "data-visualization-specialist")],
)  # fmt: skip
def test_what_opens_a_text_may_be_what_the_asker_is(assistant, text, first):
    assert asked(assistant, text)[0] == first


def test_what_one_does_that_another_does_not_is_told_by_their_tasks(assistant):
    question = assistant.understand("What does an applied scientist do that a data scientist doesn't")
    assert question.subject is not None
    assert "responsibilities" in question.subject.sections
