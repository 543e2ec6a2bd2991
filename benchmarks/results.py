"""Results that the benchmarks store under results/ and the report reads."""

from pathlib import Path

from benchmarks.figures import Latency
from benchmarks.machine import Machine
from benchmarks.quiet import MAX_OTHER_CORES
from kb.domain.base import Noun
from kb.evaluation.measures import Interval
from kb.evaluation.report import Report

FOLDER = Path(__file__).parent / "results"


class SystemResult(Noun):
    """Result of one system on one collection."""

    key: str
    name: str
    problem: str | None = None  # reason if there are no figures
    measures: dict[str, float] = {}
    ours_minus: Interval | None = None  # paired difference of the main measure
    build_s: float = 0.0  # start, model and embedding included
    index_s: float | None = None  # the same with precomputed document vectors
    search: Latency | None = None  # end to end, encoding included
    encode_ms: float | None = None  # median of encoding a question alone
    peak_mb: float = 0.0
    resident_mb: float = 0.0
    timed: int = 0  # queries timed while other programs were quiet; 0: all, disturbed
    others_build: float = 0.0  # cores that other programs used during the build

    @property
    def disturbed(self) -> bool:
        """Whether some of its times are unreliable, because other programs used the processor."""
        return not self.timed or self.others_build > MAX_OTHER_CORES


class Peers(Noun):
    """Results of all systems on one collection."""

    collection: str
    queries_file: str
    language: str
    drop_self: bool
    own_embeddings: bool
    documents: int
    queries: int
    judged: int = 0  # queries with judgments; 0: the same as `queries`
    depth: int
    main: str
    machine: Machine
    systems: tuple[SystemResult, ...]


class LoadStep(Noun):
    """Result at one level of load."""

    loop: str  # closed: clients wait for their answer; open: requests at a rate
    clients: int | None
    rate: float | None
    seconds: float
    requests: int
    errors: dict[str, int]
    throughput: float
    latency: Latency | None
    resident_mb: float  # of all processes of the server, highest seen
    others_cores: float = 0.0  # used by other programs than the server and its clients

    @property
    def disturbed(self) -> bool:
        """Whether its times are unreliable, because other programs used the processor."""
        return self.others_cores > MAX_OTHER_CORES


class Load(Noun):
    """Results of our server at each level of load."""

    machine: Machine
    workers: int
    passages: int
    hits: int
    steps: tuple[LoadStep, ...]


class Size(Noun):
    """Result of our index at one size."""

    passages: int
    build_s: float
    disk_mb: float
    build_peak_mb: float
    open_s: float
    resident_mb: float
    hybrid: Latency
    lexical: Latency
    dense: Latency
    recall: float  # share of the exact 100 nearest that were found
    others_build: float  # cores that other processes used meanwhile
    others_search: float

    @property
    def disturbed(self) -> bool:
        """Whether its times are unreliable, because other programs used the processor."""
        return max(self.others_build, self.others_search) > MAX_OTHER_CORES


class Scale(Noun):
    """Results of our index at several sizes."""

    machine: Machine
    noise: float
    swapped: float
    base: int
    queries: int
    depth: int
    sizes: tuple[Size, ...]


class Encode(Noun):
    """Times of our ONNX export and of sentence-transformers on the same passages."""

    machine: Machine
    passages: int
    rounds: int
    ours_s: float
    sentence_transformers_s: float
    least_cosine: float  # smallest cosine between a passage's two vectors
    others_cores: float = 0.0

    @property
    def disturbed(self) -> bool:
        """Whether its times are unreliable, because other programs used the processor."""
        return self.others_cores > MAX_OTHER_CORES


class Typed(Noun):
    """Times of completing prefixes that are all typed correctly, or all misspelled."""

    name: str
    prefixes: int
    completed: Latency  # in the process, in processor time of its one thread
    requested: Latency  # a whole request to the application in the same process


class Suggest(Noun):
    """Times of completing prefixes of titles."""

    machine: Machine
    titles: int
    texts: int  # that can be suggested
    open_s: float  # processor time to read and sort them, once for each generation
    rows: tuple[Typed, ...]
    others_cores: float = 0.0

    @property
    def disturbed(self) -> bool:
        """Whether its times are unreliable, because other programs used the processor."""
        return self.others_cores > MAX_OTHER_CORES


class ReadFile(Noun):
    """Times that several systems take to read one file."""

    name: str
    pages: int
    seconds: dict[str, float]  # median by system


class Importers(Noun):
    """Times that our importer and others take to read PDFs."""

    machine: Machine
    rounds: int
    files: tuple[ReadFile, ...]
    others_cores: float = 0.0

    @property
    def disturbed(self) -> bool:
        """Whether its times are unreliable, because other programs used the processor."""
        return self.others_cores > MAX_OTHER_CORES


class Variant(Noun):
    """Result of the search with one part changed."""

    name: str
    mean: float
    difference: Interval | None  # paired, from the unchanged search; None for that one


class Ablations(Noun):
    """Results of all variants of the search on one set of judged queries."""

    name: str
    queries: int
    spanish: int  # queries in a language other than English
    main: str
    machine: Machine
    variants: tuple[Variant, ...]


class Relevance(Noun):
    """Result of `kb evaluate` on one set of judged queries, without its lists of queries."""

    name: str
    passages: int
    open_s: float  # opening the index; of a collection: reading, encoding and indexing it
    search_s: float  # every query in three modes, and again for its answer
    others_cores: float  # used by other programs meanwhile
    machine: Machine
    report: Report

    @property
    def disturbed(self) -> bool:
        """Whether its times are unreliable, because other programs used the processor."""
        return self.others_cores > MAX_OTHER_CORES


def write(path: Path, result: Noun) -> None:
    """Store a result as JSON, indented for readable diffs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(result.model_dump_json(indent=1) + "\n", "utf-8")
