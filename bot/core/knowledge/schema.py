"""What a knowledge file may hold. Each model is one kind of file; editors get the same as JSON Schema."""

from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    HttpUrl,
    RootModel,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)

from bot.core.knowledge.files import FileKind
from bot.core.knowledge.model import Employment, Level, Match, Measure, SectionKind, Seniority, Unit
from bot.core.knowledge.values import (
    ANSWER_LENGTH,
    ATTRIBUTION_LENGTH,
    GOLDEN_LENGTH,
    JOB_ROLES,
    NEAREST_AT_MOST,
    Count,
    Currency,
    Date,
    Day,
    Flag,
    Link,
    Name,
    Names,
    Number,
    Question,
    Sentence,
    Slug,
    Slugs,
)

Outcome = Literal["answer", "clarify", "unknown", "silent"]
Intent = Literal["role", "compare", "choose", "sets", "find", "faq", "jobs", "help"]


class FileModel(BaseModel):
    """Settings that all parts of all files share: no unknown keys, nothing changed after reading.

    What checks them is built when a file is first read: a start from the cache reads none, and saves 5 MB and a tenth of a second.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


Parts = TypeVar("Parts")


class WholeFile(RootModel[Parts], Generic[Parts]):
    """A file that is one list or one mapping."""

    model_config = ConfigDict(defer_build=True)


class StatementModel(FileModel):
    """A sentence in the project's own words."""

    text: Sentence = Field(description="One sentence, 140 characters or less where it can be.")
    about: Slugs = Field(default=[], description="Items that the sentence is about, as masters or docker.")
    source: Slug = Field(description="An id of sources.yaml.")
    as_of: Day = Field(description="The date that the fact speaks of.")


class ItemUseModel(FileModel):
    """A skill, tool, industry or degree that the role uses."""

    item: Slug = Field(description="An id of items/.")
    level: Level | None = Field(default=None, description="core: hardly a job without it; useful: helps.")
    note: Sentence | None = Field(default=None, description="What it is used for, in a few words.")
    share: Number | None = Field(default=None, description="Industries: percent of the occupation's jobs.")
    occupation: Name | None = Field(default=None, description="The occupation the share was measured on.")
    match: Match | None = Field(default=None, description="How that occupation relates to the role.")
    source: Slug = Field(description="An id of sources.yaml.")
    as_of: Day = Field(description="The date that the fact speaks of.")

    @model_validator(mode="after")
    def _share_names_what_it_measured(self) -> "ItemUseModel":
        parts = (self.share, self.occupation, self.match)
        if any(part is None for part in parts) and any(part is not None for part in parts):
            raise ValueError(
                "`share`, `occupation` and `match` stand together or not at all; add what is missing"
            )
        return self


class FigureModel(FileModel):
    """A number, what it counts and what it was measured on."""

    measure: Measure = Field(description="What is counted; pay is salary (postings) or wage (BLS).")
    value: Number = Field(description="Pay: the median.")
    low: Number | None = Field(default=None, description="Pay: the 25th percentile.")
    high: Number | None = Field(default=None, description="Pay: the 75th percentile.")
    unit: Unit = Field(description="What the number is measured in.")
    region: Name = Field(description="Where it was measured, as US.")
    period: Name = Field(description="The year or years it was measured in, as 2024 or 2024-34.")
    level: Seniority | None = Field(default=None, description="Pay: the level of experience.")
    n: Count | None = Field(default=None, description="How many answers or postings the figure rests on.")
    occupation: Name = Field(description="The occupation the figure was measured on, with its code if any.")
    match: Match = Field(description="own: the role itself; nearest: the closest occupation there is.")
    source: Slug = Field(description="An id of sources.yaml.")
    as_of: Day = Field(description="The date that the fact speaks of.")

    @model_validator(mode="after")
    def _range_holds_the_value(self) -> "FigureModel":
        if (self.low is None) != (self.high is None):
            raise ValueError("`low` and `high` stand together or not at all; add the other")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError("`value` lies outside `low` to `high`; mend the one that is wrong")
        return self


def _fact_kind(value: Any) -> str | None:  # noqa: ANN401 - any YAML may stand here
    keys = value if isinstance(value, dict) else ()
    return next((key for key in ("text", "item", "measure") if key in keys), None)


FactModel = Annotated[
    Annotated[StatementModel, Tag("text")]
    | Annotated[ItemUseModel, Tag("item")]
    | Annotated[FigureModel, Tag("measure")],
    Discriminator(
        _fact_kind,
        custom_error_type="fact_kind",
        custom_error_message="a fact needs `text`, `item` or `measure`",
    ),
]


class RoleFile(FileModel):
    """`roles/<id>.yaml`: a job that people ask about."""

    id: Slug = Field(description="The file's name without .yaml.")
    name: Name = Field(description="The role's name, singular.")
    abbreviations: Names = Field(
        default=[], description="Matched exactly; two letters only in capitals or beside vs."
    )
    aliases: Names = Field(default=[], description="Other titles of the same job.")
    fields: Names = Field(default=[], description="Disciplines that stand for the role, as data science.")
    weak_fields: Names = Field(
        default=[], description="Technologies that stand for the role near a career word only."
    )
    family: Slug = Field(description="The group of jobs it belongs to.")
    nearest: Annotated[Slugs, Field(max_length=NEAREST_AT_MOST)] = Field(
        default=[], description="The closest roles, nearest first."
    )
    sections: dict[Slug, Annotated[list[FactModel], Field(min_length=1)]] = Field(
        description="Facts by section, an id of sections.yaml."
    )


class SectionModel(FileModel):
    """One aspect of a role."""

    title: Name = Field(description="The heading above the section's answers.")
    kind: SectionKind = Field(description="What its facts are: items, statements or figures.")
    order: Count = Field(description="Where the section stands in an answer.")
    shelf_life: Count = Field(description="Months after which a fact of the section is shown as dated.")
    at_least: Count = Field(default=0, description="Facts that each role should have on it at least.")
    names: Names = Field(default=[], description="Words that name the section outright, as tools.")
    cues: Names = Field(description="Phrases that ask for the section.")
    hints: Names = Field(default=[], description="Words that lean towards the section.")


class ItemModel(FileModel):
    """A skill, tool, industry or degree."""

    name: Name = Field(description="The name as answers show it.")
    aliases: Names = Field(default=[], description="Other names, upper or lower case.")
    exact: Names = Field(default=[], description="Short names that count only as written, as R or Go.")
    meaning: Sentence = Field(description="What it is, in one line.")


class SourceModel(FileModel):
    """Where facts come from."""

    title: Name = Field(description="The name of the work.")
    publisher: Name = Field(description="Who published it.")
    licence: Name = Field(description="The terms its facts are used under, as CC BY 4.0.")
    published: Day = Field(description="When it came out, as 2025-05 or 2025-05-15.")
    url: Annotated[HttpUrl, WithJsonSchema({"type": "string", "format": "uri"})] | None = Field(
        default=None, description="Where to read it."
    )
    attribution: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=ATTRIBUTION_LENGTH)]
        | None
    ) = Field(default=None, description="The words that the licence asks to be shown.")
    note: Sentence | None = Field(default=None, description="What a reader should know about it.")
    editorial: Flag = Field(default=False, description="Judgement rather than data.")


class FaqFile(FileModel):
    """`faq/<id>.yaml`: an answer to what is no role fact."""

    id: Slug = Field(description="The file's name without .yaml.")
    questions: Annotated[list[Question], Field(min_length=1)] = Field(description="Examples of the question.")
    answer: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=ANSWER_LENGTH)
    ] = Field(description="The reply, as plain text.")
    source: Slug | None = Field(default=None, description="An id of sources.yaml.")
    as_of: Day | None = Field(default=None, description="The date that the answer speaks of.")


class GoldenModel(FileModel):
    """A question and what it must resolve to; what is left out stays open."""

    text: Annotated[str, StringConstraints(max_length=GOLDEN_LENGTH)] = Field(
        description="The question as somebody types it."
    )
    overheard: Flag = Field(
        default=False, description="Plain channel talk rather than a question to the bot."
    )
    about: Slugs = Field(default=[], description="Roles of the answer that the question follows up.")
    outcome: Outcome = Field(default="answer", description="What becomes of it.")
    intent: Intent | None = Field(default=None, description="What kind of question it is.")
    roles: list[Slug] | None = Field(default=None, description="The roles meant, in the order asked.")
    sections: list[Slug] | None = Field(
        default=None, description="The first sections of the answer, best first."
    )
    items: list[Slug] | None = Field(default=None, description="The items meant, in any order.")
    faq: Slug | None = Field(default=None, description="The FAQ entry that answers it.")


class MessageModel(FileModel):
    """A message as people write it: a question with the sections that answer it, or talk that is not to be answered."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=GOLDEN_LENGTH)] = Field(
        description="The message as somebody types it."
    )
    sections: list[Slug] | None = Field(
        default=None,
        description="A question: the sections that answer it; none where it only compares roles.",
    )
    talk: Name | None = Field(
        default=None, description="Talk that is not to be answered: what sort, as advert or shop-talk."
    )

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.sections is None) == (self.talk is None):
            raise ValueError("a message needs either `sections` (a question) or `talk` (nothing to answer)")
        return self


class HiddenFile(FileModel):
    """`hidden.yaml`: what is known but neither found nor shown."""

    roles: Slugs = Field(default=[], description="Ids of roles/.")
    faq: Slugs = Field(default=[], description="Ids of faq/.")


class ComparedModel(FileModel):
    """Two roles that people compare, and on how many sites a page about the pair was seen."""

    roles: Annotated[Slugs, Field(min_length=2, max_length=2)] = Field(description="The two roles.")
    sites: Count = Field(description="The number of sites that a page about the pair was seen on.")


class AlikeModel(FileModel):
    """Two roles that may share most of a section, and why."""

    roles: Annotated[Slugs, Field(min_length=2, max_length=2)] = Field(description="The two roles.")
    section: Slug = Field(description="The section that is alike, an id of sections.yaml.")
    reason: Sentence = Field(description="Why the two do not differ there.")


class JobSalaryModel(FileModel):
    """What a featured job pays."""

    low: Number = Field(description="The least that is paid.")
    high: Number = Field(description="The most that is paid.")
    currency: Currency = Field(default="USD", description="Three letters, as USD or EUR.")
    per: Literal["year", "month", "week", "day", "hour"] = Field(
        default="year", description="What the amount is paid for."
    )

    @model_validator(mode="after")
    def _low_is_lower(self) -> "JobSalaryModel":
        if not 0 <= self.low <= self.high:
            raise ValueError("`low` is more than `high`, or less than nothing; mend the one that is wrong")
        return self


class JobModel(FileModel):
    """A featured job: shown with its roles until it expires."""

    title: Name = Field(description="The job's title as its advert has it.")
    company: Name = Field(description="Who hires.")
    location: Name = Field(description="Where the work is, as Berlin or remote, EU.")
    type: Employment = Field(description="How the job is held, as full-time or contract.")
    level: Seniority | None = Field(default=None, description="The level of experience.")
    salary: JobSalaryModel | None = Field(default=None, description="What it pays, where the advert says so.")
    link: Link = Field(description="The advert's address; https only.")
    posted: Date = Field(description="The first day to show it, as 2026-05-15.")
    expires: Date = Field(description="The last day to show it, as 2026-06-30.")
    roles: Annotated[Slugs, Field(min_length=1, max_length=JOB_ROLES)] = Field(
        description="The roles to show it with, ids of roles/."
    )

    @model_validator(mode="after")
    def _is_posted_before_it_expires(self) -> "JobModel":
        if self.expires < self.posted:
            raise ValueError("`expires` lies before `posted`; mend the one that is wrong")
        return self


class WageModel(FileModel):
    """The pay of an occupation in one region."""

    low: Number = Field(description="The 25th percentile.")
    value: Number = Field(description="The median.")
    high: Number = Field(description="The 75th percentile.")

    @model_validator(mode="after")
    def _range_holds_the_value(self) -> "WageModel":
        if not self.low <= self.value <= self.high:
            raise ValueError("`value` lies outside `low` to `high`; mend the one that is wrong")
        return self


class WagesFile(FileModel):
    """`wages.yaml`: what occupations pay in the regions of a country, for all roles measured on them."""

    source: Slug = Field(description="An id of sources.yaml.")
    as_of: Day = Field(description="The date that the wages speak of.")
    period: Name = Field(description="When they were measured, as May 2025.")
    unit: Unit = Field(description="What the numbers are measured in.")
    regions: dict[Name, Name] = Field(description="The regions by name, each with its short code.")
    wages: dict[Name, dict[Name, WageModel]] = Field(
        description="By occupation, as the roles' wage figures name it, then by region."
    )


class ItemsFile(WholeFile[dict[Slug, ItemModel]]):
    """`items/<kind>.yaml`: items by id."""


class SectionsFile(WholeFile[dict[Slug, SectionModel]]):
    """`sections.yaml`: sections by id."""


class SourcesFile(WholeFile[dict[Slug, SourceModel]]):
    """`sources.yaml`: sources by id."""


class QuestionsFile(WholeFile[list[GoldenModel]]):
    """`questions.yaml`: golden questions."""


class OutsideFile(WholeFile[Names]):
    """`outside.yaml`: job titles that the knowledge does not cover, so that they are not taken for one it does."""


class MessagesFile(WholeFile[list[MessageModel]]):
    """`messages/<topic>.yaml`: what people write, by which the bot learns to tell questions from talk."""


class ComparedFile(WholeFile[list[ComparedModel]]):
    """`compared.yaml`: the pairs that people compare most, commonest first."""


class JobsFile(WholeFile[dict[Slug, JobModel]]):
    """`jobs.yaml`: featured jobs by id."""


class AlikeFile(WholeFile[list[AlikeModel]]):
    """`alike.yaml`: sections of two roles that are alike for a reason."""


FILE_MODELS: dict[FileKind, type[BaseModel]] = {
    FileKind.ROLE: RoleFile,
    FileKind.ITEMS: ItemsFile,
    FileKind.SECTIONS: SectionsFile,
    FileKind.SOURCES: SourcesFile,
    FileKind.FAQ: FaqFile,
    FileKind.QUESTIONS: QuestionsFile,
    FileKind.OUTSIDE: OutsideFile,
    FileKind.COMPARED: ComparedFile,
    FileKind.ALIKE: AlikeFile,
    FileKind.JOBS: JobsFile,
    FileKind.WAGES: WagesFile,
    FileKind.MESSAGES: MessagesFile,
    FileKind.HIDDEN: HiddenFile,
}
"""What each kind of file holds."""
