"""A small map that tests can read at a glance: a letter about night buses, eleven claims of it, and its codebook."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from argmap import store
from argmap.model import Map
from tests.helpers.browser_session import (  # noqa: F401 - fixtures for every browser test
    axe,
    browser,
    desktop,
    desktop_tab,
    essay_page,
    page_of,
    phone,
    phone_tab,
    tab,
)

ROOT = Path(__file__).resolve().parents[1]
ESSAYS = re.compile(r"\bseeds\b|\b1996\b|\b2005\b|\bMAPS\b|\bREADME\b|\bessay_page\b|\bessays\b")
"""Marks of a test module that reads the essays: their text belongs to others, and is not in a source distribution."""
if not (ROOT / "seeds").is_dir():
    collect_ignore = [
        str(path) for path in (ROOT / "tests").rglob("test_*.py") if ESSAYS.search(path.read_text("utf-8"))
    ]

# No test depends on time: a busy machine is no failure. With CI set, every run tries the same examples.
settings.register_profile(
    "argmap",
    max_examples=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("argmap")

# These tests start some hundred processes. Each would compile argmap anew where Python is told to keep nothing that it compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What argmap notes of its outputs goes into no folder of the person who runs the tests.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="argmap-tests-")

LETTER = """\
Let the buses run at night

BUS STOP AT DUSK. PHOTO: STAFF

The town should run its buses until two in the morning. People who work late have no way home, and a
taxi costs a cook half an evening’s pay. The hospital says that “every third nurse” walks home alone.

Some fear that night buses would stand empty. That was true of the old line 9; the new ones would pass
the hospital, the station and the theatre. The town cannot afford them, the treasurer said in May. Yet
the town found the money for the fountain — twice.

It rained on the day of the hearing. Perhaps the council will vote before the summer.

Sign up for our newsletter
"""

CODEBOOK = """\
argmap-codebook: 1
id: town
issues:
  service:
    question: How long should buses run?
    scale: {none: not at all, evening: until ten, night: until two, always: around the clock}
  cost:
    question: Can the town pay for it?
    scale: {no: it cannot, yes: it can}
"""

MAP = """\
# yaml-language-server: $schema=schema/map.json
argmap: 1
id: night-bus
title: Let the buses run at night
codebook: codebook.yaml
thesis: run-at-night

sources:
  letter:
    path: letter.txt
    sha256: {sha256}
    author: A reader
    published: 2024-05
    dated_by: "the treasurer said in May"
    excluded:
      - {{quote: "BUS STOP AT DUSK. PHOTO: STAFF", reason: picture credit}}
      - {{quote: "Sign up for our newsletter", reason: advertisement}}
    non_argumentative:
      - {{quote: "It rained on the day of the hearing.", reason: scenery}}

speakers:
  hospital: {{name: The hospital}}
  some: {{name: Some people}}
  treasurer: {{name: The treasurer}}

claims:
  # what the letter is for
  run-at-night:
    text: The town should run its buses until two in the morning.
    quote:
      - "The town should run its buses until two in the morning."
      - "Let the buses run at night"
    kind: policy
    issue: service
    position: night

  no-way-home:
    text: People who work late have no way home.
    quote: "People who work late have no way home"
    kind: fact

  taxi-costs:
    text: A taxi costs a cook half an evening's pay.
    quote: "a taxi costs a cook half an evening's pay"   # over a line break
    kind: fact

  nurses-walk:
    text: Every third nurse walks home alone.
    quote: "every third nurse\\" walks home alone"
    kind: fact
    speaker: hospital
    commitment: reported

  walking-is-bad:
    text: People should not have to walk home alone at night.
    kind: value
    implicit: true

  would-be-empty:
    text: Night buses would stand empty.
    quote: "Some fear that night buses would stand empty."
    kind: prediction
    speaker: some
    commitment: reported

  line-9-empty:
    text: The old line 9 stood empty.
    quote: "That was true of the old line 9"
    kind: fact
    commitment: conceded

  other-route:
    text: The new lines would pass the hospital, the station and the theatre.
    quote: "the new ones would pass the hospital, the station and the theatre."
    kind: prediction

  cannot-afford:
    text: The town cannot afford night buses.
    quote: "The town cannot afford them, the treasurer said in May."
    kind: fact
    speaker: treasurer
    commitment: reported
    issue: cost
    position: "no"

  fountain:
    text: The town found the money for a fountain twice.
    quote: {{exact: "the town found the money for the fountain -- twice.", prefix: "Yet"}}
    kind: fact
    issue: cost
    position: "yes"

  vote-soon:
    text: The council will perhaps vote before the summer.
    quote: "Perhaps the council will vote before the summer."
    kind: prediction
    force: hedged

relations:
  - support: run-at-night
    by: [no-way-home, walking-is-bad]   # linked
    scheme: practical reasoning
    id: need
  - support: no-way-home
    by: taxi-costs
  - support: no-way-home
    by: [nurses-walk]
  # the other side
  - attack: run-at-night
    by: [would-be-empty]
  - support: would-be-empty
    by: line-9-empty
  - attack: would-be-empty
    by: other-route
  - attack: run-at-night
    by: cannot-afford
  - attack: cannot-afford
    by: fountain
    cue: Yet
  - support: run-at-night
    by: vote-soon
"""


@dataclass(frozen=True)
class NightBus:
    """The map, its text and its codebook, in a folder of their own."""

    folder: Path
    path: Path

    @property
    def text(self) -> str:
        """The map's file as it is now."""
        return self.path.read_bytes().decode()

    def change(self, old: str, new: str) -> None:
        """Replace the only place of some words in the map's file."""
        assert self.text.count(old) == 1, f"{old!r} stands {self.text.count(old)} times in the map"
        self.path.write_bytes(self.text.replace(old, new).encode())

    def line(self, words: str) -> int:
        """The line on which some words stand first."""
        return self.text[: self.text.index(words)].count("\n") + 1

    def load(self) -> Map:
        """The map as it is now."""
        return store.load(self.path)


@pytest.fixture
def night_bus(tmp_path: Path) -> NightBus:
    """A folder with the map of the letter, free to be broken."""
    (tmp_path / "letter.txt").write_bytes(LETTER.encode())
    (tmp_path / "codebook.yaml").write_bytes(CODEBOOK.encode())
    path = tmp_path / "night-bus.yaml"
    path.write_bytes(MAP.format(sha256=hashlib.sha256(LETTER.encode()).hexdigest()).encode())
    return NightBus(tmp_path, path)


@pytest.fixture
def night_bus_map(night_bus: NightBus) -> Map:
    """The map of the letter, loaded."""
    return night_bus.load()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`, which takes the outlines of pictures as they are now; look at the difference before committing it."""
    parser.addoption("--accept", action="store_true", help="take the outlines of pictures as they are now")


def pytest_configure(config: pytest.Config) -> None:
    """Give files to processes in their order. Else those of few tests come last, which are the long ones, and one process waits."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def unsuited(item: pytest.Item) -> str | None:
    """Give the reason why a test cannot run here by design, whatever is installed."""
    if sys.platform == "win32" and (item.get_closest_marker("unix") or item.get_closest_marker("root")):
        return "Windows has no such pipes, signals and owners"
    if item.get_closest_marker("root") and os.geteuid() != 0:
        return "only root gives files away"
    return None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot run here by design."""
    if reason := unsuited(item):
        pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that skips where `CI` is set: there, all that a test needs is installed."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail") and not unsuited(item):
        report.outcome = "failed"
        report.longrepr = f"skipped, which may not happen where CI is set: {report.longrepr[-1]}"
    return report
