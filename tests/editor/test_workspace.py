"""The folder that is edited: each edit is one splice in its file, refused where the file changed meanwhile."""

from __future__ import annotations

import difflib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from argmap import ArgmapError, store
from argmap.editor.app import routes
from argmap.editor.workspace import Refused, Workspace
from argmap.local_server import Events, app_of
from tests.conftest import NightBus

LATER = """\
argmap: 1
id: later
codebook: codebook.yaml
sources:
  note:
    text: "Night buses run until two now. They are full. 👍🏽 Nobody asks for the fountain's money any more."
    published: 2025
claims:
  run-now:   # done
    text: The buses run until two now.
    quote: Night buses run until two now.
    kind: fact
    issue: service
    position: night
  full:
    text: The night buses are full.
    quote: They are full.
    kind: fact
relations:
  - support: run-now
    by: full
"""


class Editing:
    """One open page."""

    def __init__(self, workspace: Workspace, name: str = "night-bus.yaml", client: str = "one") -> None:
        self.workspace, self.name, self.client = workspace, name, client
        self.path = workspace.folder / name
        self.start = self.path.read_bytes()
        self.version = workspace.view(name)["version"]

    def do(self, do: str, **arguments: Any) -> dict[str, Any]:
        answer = self.workspace.edit(self.client, self.name, self.version, do, arguments)
        self.version = answer["version"]
        view: dict[str, Any] = answer["view"]
        return view

    def changed(self) -> list[str]:
        """The lines that are not as they were."""
        before, after = (data.decode().splitlines() for data in (self.start, self.path.read_bytes()))
        return [line for line in difflib.ndiff(before, after) if line[0] in "+-"]


@pytest.fixture
def page(night_bus: NightBus) -> Editing:
    (night_bus.folder / "later.yaml").write_text(LATER)
    return Editing(Workspace(night_bus.folder))


def span(page: Editing, words: str) -> dict[str, Any]:
    """The place of some words in the only text."""
    source, text = next((key, each.text) for key, each in store.load(page.path).sources.items())
    assert text is not None
    assert text.count(words) == 1
    return {"source": source, "start": text.index(words), "end": text.index(words) + len(words)}


EDITS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "kind": (
        "change",
        {"claim": "no-way-home", "fields": {"kind": "value"}},
        ["-     kind: fact", "+     kind: value"],
    ),
    "no kind": ("change", {"claim": "no-way-home", "fields": {"kind": ""}}, ["-     kind: fact"]),
    "words": (
        "change",
        {"claim": "taxi-costs", "fields": {"text": "A taxi is dear."}},
        ["-     text: A taxi costs a cook half an evening's pay.", "+     text: A taxi is dear."],
    ),
    "another question": (
        "change",
        {"claim": "fountain", "fields": {"issue": "service"}},
        ["-     issue: cost", '-     position: "yes"', "+     issue: service"],
    ),
    "support": (
        "connect",
        {"how": "support", "by": "fountain", "claim": "run-at-night"},
        ["+   - support: run-at-night", "+     by: [fountain]"],
    ),
    "undercut": (
        "connect",
        {"how": "attack", "by": "line-9-empty", "relation": 0},
        ["+   - attack: need", "+     by: [line-9-empty]"],
    ),
    "undercut a step without an id": (
        "connect",
        {"how": "attack", "by": "fountain", "relation": 1},
        ["+     id: taxi-costs-support", "+   - attack: taxi-costs-support", "+     by: [fountain]"],
    ),
    "linked": (
        "connect",
        {"how": "linked", "by": "fountain", "relation": 0},
        ["-     by: [no-way-home, walking-is-bad]   # linked", "+     by: [no-way-home, walking-is-bad, fountain]   # linked"],
    ),
    "scheme": (
        "change_relation",
        {"relation": 1, "fields": {"scheme": "sign"}},
        ["+     scheme: sign"],
    ),
    "type": ("change_relation", {"relation": 8, "fields": {"type": "attack"}}, ["-   - support: run-at-night", "+   - attack: run-at-night"]),
    "thesis": ("thesis", {"claim": "fountain", "on": True}, ["- thesis: run-at-night", "+ thesis: [run-at-night, fountain]"]),
    "speaker": (
        "add_speaker",
        {"name": "The mayor", "claim": "fountain"},
        ["+   mayor: {name: The mayor}", "+     speaker: mayor"],
    ),
    "author": ("about_source", {"source": "letter", "fields": {"author": "A cook"}}, ["-     author: A reader", "+     author: A cook"]),
    "rename": (
        "rename",
        {"claim": "other-route", "to": "new-route"},
        ["-   other-route:", "+   new-route:", "-     by: other-route", "+     by: [new-route]"],
    ),
    "unlink": (
        "unlink",
        {"relation": 0, "by": "walking-is-bad"},
        ["-     by: [no-way-home, walking-is-bad]   # linked", "+     by: [no-way-home]   # linked"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_own_lines_only(page: Editing, name: str) -> None:
    """Comments, order and layout stay; undone, the bytes are as before."""
    do, arguments, lines = EDITS[name]
    page.do(do, **arguments)
    plain = [line for line in page.changed() if line.strip() not in ("+", "-")]
    assert sorted(plain) == sorted(lines)
    page.workspace.undo(page.client)
    assert page.path.read_bytes() == page.start


def test_words_become_a_claim_with_the_fields_that_cues_tell(page: Editing) -> None:
    """Id, text, kind and speaker are filled in; the claim stands in the order of the text."""
    view = page.do("mark", **span(page, "It rained on the day of the hearing"))
    assert list(view["claims"])[:2] == ["run-at-night", "no-way-home"]
    new = next(claim for claim in view["claims"] if claim not in store.parse_map(page.start.decode()).value.claims)
    claim = view["claims"][new]
    assert claim["quotes"][0]["exact"] == "It rained on the day of the hearing"
    assert (claim["kind"], claim["status"]) == ("fact", "accepted")
    order = list(view["claims"])
    assert order.index("fountain") < order.index(new) < order.index("vote-soon")


def test_words_are_added_to_a_claim_and_taken_from_it(page: Editing) -> None:
    """A claim may rest on several places."""
    view = page.do("mark", **span(page, "twice"), claim="fountain")
    assert [quote["exact"] for quote in view["claims"]["fountain"]["quotes"]][1] == "twice"
    view = page.do("unquote", claim="fountain", number=1)
    assert len(view["claims"]["fountain"]["quotes"]) == 1


def test_a_rejected_claim_sets_its_words_aside(page: Editing) -> None:
    """The sentence is accounted for, and relations of the claim go with it."""
    view = page.do("reject", claim="vote-soon", reason="a guess")
    assert "vote-soon" not in view["claims"]
    assert all("vote-soon" not in relation["by"] for relation in view["relations"])
    assert view["sources"]["letter"]["left_out"] == 0
    assert "reason: a guess" in page.path.read_text()


def test_a_sentence_is_set_aside_and_taken_back(page: Editing) -> None:
    """As claiming nothing, or as page furniture."""
    words = span(page, "Perhaps the council will vote before the summer.")
    page.do("drop", claim="vote-soon")
    assert page.do("set_aside", **words, reason="a guess")["sources"]["letter"]["left_out"] == 0
    assert page.do("take_back", **words)["sources"]["letter"]["left_out"] == 1
    assert page.do("set_aside", **words, reason="advertisement", furniture=True)["sources"]["letter"]["left_out"] == 0
    assert "{quote: Perhaps" in page.path.read_text() or "reason: advertisement" in page.path.read_text()


def test_a_suggested_claim_is_accepted(page: Editing, night_bus: NightBus) -> None:
    """The line goes; a field that a person sets is no suggestion any more."""
    night_bus.change(
        "    kind: prediction\n    force: hedged",
        "    kind: prediction\n    status: suggested\n    suggested: [kind, force]\n    force: hedged",
    )
    page.version = page.workspace.view(page.name)["version"]
    view = page.do("change", claim="vote-soon", fields={"kind": "plan"})
    assert (view["claims"]["vote-soon"]["status"], view["claims"]["vote-soon"]["suggested"]) == ("suggested", ["force"])
    view = page.do("accept", claim="vote-soon")
    assert (view["claims"]["vote-soon"]["status"], view["claims"]["vote-soon"]["suggested"]) == ("accepted", [])
    assert "suggested" not in page.path.read_text()


def test_findings_stand_at_their_claim(page: Editing) -> None:
    """They are those of `check`, at once."""
    view = page.do("change", claim="fountain", fields={"text": "It is so.", "condition": "if pigs fly"})
    rules = {(finding["rule"], *finding["at"][:2]) for finding in view["findings"]}
    assert ("unanchored-quote", "claims", "fountain") in rules


def test_what_hangs_on_a_claim_stands_beside_it(page: Editing) -> None:
    """It is worked out anew after each edit; a claim that nothing rests on has none."""
    view = page.do("change", claim="fountain", fields={"note": "x"})
    said = view["without"]
    assert any(text.startswith("Without this claim the thesis") for text in said.values())
    assert set(said) <= set(view["claims"])
    assert "run-at-night" not in said


def test_questions_and_positions_are_ordered(page: Editing) -> None:
    """In the codebook's own file."""
    book = Editing(page.workspace, "codebook.yaml")
    book.do("add_issue", question="Who pays?")
    book.do("move_issue", issue="pays", to=0)
    book.do("add_position", issue="pays", label="the town")
    book.do("add_position", issue="pays", label="the riders")
    view = book.do("move_position", issue="pays", position="riders", to=0)
    assert list(view["issues"]) == ["pays", "service", "cost"]
    assert view["issues"]["pays"]["scale"] == {"riders": "the riders", "town": "the town"}
    view = book.do("move_position", issue="service", position="always", to=0)
    assert list(view["issues"]["service"]["scale"]) == ["always", "none", "evening", "night"]
    with pytest.raises(Refused, match=r"codebook\.yaml"):
        page.do("add_issue", question="Where?")
    while page.workspace.depth("one")[0]:
        page.workspace.undo("one")
    assert book.path.read_bytes() == book.start


def test_two_texts_are_compared(page: Editing) -> None:
    """Pairs, words, reasons, rejections and silence go into an alignment, which undo takes away again."""
    workspace = page.workspace
    compared = workspace.compared("night-bus.yaml", "later.yaml")
    assert compared["alignment"] is None
    assert compared["candidates"]["before"]["run-at-night"][0][0] == "run-now"
    name = workspace.create("one", "night-bus.yaml", "later.yaml")["name"]
    book = Editing(workspace, name)
    book.do("pair", before=["run-at-night"], after=["run-now"])
    book.do("pair", before=["run-at-night"], after=["run-now"], fields={"change": "realised", "because": "They run."})
    book.do("passed_over", side="before", claim="taxi-costs", on=True)
    book.do("none_of", side="after", claim="full", candidates=["would-be-empty"])
    alignment = store.load_alignment(book.path)
    first, second = alignment.correspondences
    assert (first.change, first.because, first.status) == ("realised", "They run.", "accepted")
    assert (second.before, second.after, second.status) == (("would-be-empty",), ("full",), "rejected")
    assert alignment.silent.before == ("taxi-costs",)
    compared = workspace.compared("night-bus.yaml", "later.yaml")
    assert compared["changes"][0]["word"] == "realised"
    book.do("pair", before=["taxi-costs"], after=["full"])
    assert store.load_alignment(book.path).silent.before == ()
    book.do("unpair", before=["taxi-costs"], after=["full"])
    while workspace.depth("one")[0]:
        workspace.undo("one")
    assert not book.path.exists()
    for _ in range(3):
        workspace.redo("one")
    assert store.load_alignment(book.path).correspondences[0].change == "realised"


# --- conflicts ------------------------------------------------------------------------------------------------------


def test_an_edit_of_a_file_that_changed_is_refused_with_both_versions(page: Editing, night_bus: NightBus) -> None:
    """Nothing is lost on either side, and the edit can be made again."""
    night_bus.change("text: Night buses would stand empty.", "text: Night buses would run empty.")
    with pytest.raises(Refused) as refused:
        page.do("change", claim="no-way-home", fields={"kind": "value"})
    assert refused.value.status == 409
    assert "+    kind: value" in refused.value.details["yours"]
    assert "+    text: Night buses would run empty." in refused.value.details["theirs"]
    assert "kind: value" not in page.path.read_text().split("no-way-home:")[1].split("taxi-costs:")[0]
    page.version = page.workspace.view(page.name)["version"]
    page.do("change", claim="no-way-home", fields={"kind": "value"})
    assert "Night buses would run empty." in page.path.read_text()


def test_two_pages_lose_nothing(page: Editing) -> None:
    """Each undoes its own edits; where the other one changed the same lines since, undoing is refused."""
    other = Editing(page.workspace, client="two")
    page.do("change", claim="no-way-home", fields={"kind": "value"})
    with pytest.raises(Refused, match="changed meanwhile"):
        other.do("change", claim="fountain", fields={"kind": "value"})
    other.version = page.version
    other.do("change", claim="fountain", fields={"kind": "value"})
    page.workspace.undo("one")
    assert page.changed() == ["-     kind: fact", "+     kind: value"]
    page.workspace.redo("one")
    other.version = page.workspace.view(page.name)["version"]
    other.do("change", claim="no-way-home", fields={"kind": "cause"})
    with pytest.raises(Refused, match="same lines"):
        page.workspace.undo("one")
    page.workspace.undo("two")
    page.workspace.undo("one")
    page.workspace.undo("two")
    assert page.path.read_bytes() == page.start


def test_undo_goes_on_for_ever(page: Editing, night_bus: NightBus) -> None:
    """With a change from outside in between, which stays."""
    for n in range(12):
        page.do("change", claim="fountain", fields={"note": f"note {n}"})
    night_bus.change("# the other side", "# The other side")
    for _ in range(12):
        page.workspace.undo("one")
    assert page.path.read_bytes() == page.start.replace(b"# the other side", b"# The other side")
    with pytest.raises(Refused, match="nothing to undo"):
        page.workspace.undo("one")


@pytest.mark.parametrize(
    ("do", "arguments", "why"),
    [
        ("drop", {"claim": "nobody"}, "nobody"),
        ("eval", {}, "no edit 'eval'"),
        ("_with_source", {"source": "letter"}, "no edit"),
        ("pair", {"before": ["a"], "after": ["b"]}, "no edit"),
        ("change", {"claim": "fountain", "fields": {"kind": "guess"}}, "kind"),
        ("change", {"claim": "fountain", "fields": {"quotes": []}}, "no field"),
        ("change", {"claim": ["fountain"], "fields": {}}, "string"),
        ("change", {"claim": "fountain"}, "fields"),
        ("drop", {"claim": "fountain", "more": 1}, "more"),
        ("mark", {"source": "letter", "start": 9, "end": 9}, "words"),
                ("mark", {"source": "letter", "start": -5, "end": 4}, "start"),
        ("connect", {"how": "support", "by": "fountain"}, "claim or a relation"),
        ("connect", {"how": "support", "by": "fountain", "claim": "fountain"}, "itself"),
        ("connect", {"how": "attack", "by": "fountain", "claim": "cannot-afford"}, "already"),
        ("connect", {"how": "linked", "by": "no-way-home", "relation": 0}, "already"),
        ("connect", {"how": "attack", "by": "fountain", "relation": 99}, "any more"),
        ("connect", {"how": "attack", "by": "fountain", "relation": -1}, "relation"),
        ("drop_relation", {"relation": -1}, "relation"),
        ("rename", {"claim": "fountain", "to": "no-way-home"}, "two claims"),
        ("rename", {"claim": "fountain", "to": "../x y"}, "id"),
        ("reject", {"claim": "fountain", "reason": {"a": 1}}, "reason"),
        ("about_source", {"source": "letter", "fields": {"path": "/etc/passwd"}}, "path"),
    ],
)  # fmt: skip
def test_an_edit_that_does_not_fit_changes_nothing(page: Editing, do: str, arguments: dict[str, Any], why: str) -> None:
    """The page is told why."""
    with pytest.raises(Refused, match=why):
        page.do(do, **arguments)
    assert page.path.read_bytes() == page.start


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_marks_stay(page: Editing, change: Callable[[str], str]) -> None:
    """An edit, and its undoing, keep the bytes of everything else."""
    page.path.write_bytes(change(page.start.decode()).encode())
    here = Editing(page.workspace)
    here.do("mark", **span(page, "twice"), claim="fountain")
    assert page.path.read_bytes().count(b"\r\n") in (0, page.path.read_bytes().count(b"\n"))
    here.workspace.undo("one")
    assert page.path.read_bytes() == here.start


def test_a_broken_file_is_shown_as_broken_and_never_overwritten(page: Editing) -> None:
    """The other files go on."""
    page.path.write_text("argmap: 1\nid: x\nclaims: [\n")
    answer = page.workspace.view(page.name)
    assert "night-bus.yaml:" in answer["problem"]
    page.version = answer["version"]
    with pytest.raises(Refused):
        page.do("premise", text="Something.")
    assert page.path.read_text() == "argmap: 1\nid: x\nclaims: [\n"
    assert "view" in page.workspace.view("later.yaml")


def test_a_folder_without_maps_is_one_line(tmp_path: Path) -> None:
    """As is a file that is not there."""
    with pytest.raises(ArgmapError, match="argmap init"):
        Workspace(tmp_path)
    with pytest.raises(ArgmapError, match="not a folder"):
        Workspace(tmp_path / "nowhere")


def test_two_editors_on_one_folder_lose_nothing(page: Editing) -> None:
    """Two people, each with an editor of their own: whoever is behind is refused, and nothing is overwritten."""
    other = Editing(Workspace(page.workspace.folder))
    page.do("change", claim="no-way-home", fields={"kind": "value"})
    with pytest.raises(Refused, match="changed meanwhile"):
        other.do("change", claim="fountain", fields={"kind": "value"})
    other.version = other.workspace.view(other.name)["version"]
    other.do("change", claim="fountain", fields={"kind": "value"})
    page.workspace.undo("one")
    assert page.changed() == ["-     kind: fact", "+     kind: value"]


@pytest.mark.unix
def test_the_command_serves_until_it_is_stopped_and_loses_nothing_when_it_is_killed(page: Editing) -> None:
    """An edit is on disk before it is answered; a killed editor leaves no broken file."""
    import json
    import re
    import signal
    import subprocess
    import sys
    from http.client import HTTPConnection

    command = [sys.executable, "-m", "argmap", "edit", str(page.path), "--no-browser"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)(/[\w-]+/)#map=night-bus\.yaml", line)
    assert found, line
    connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=120)
    edit = {"claim": "fountain", "fields": {"kind": "value"}}
    body = {"client": "x", "file": page.name, "version": page.version, "do": "change", "with": edit}
    headers = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{found[1]}"}
    connection.request("POST", f"{found[2]}edit", json.dumps(body), headers)
    assert connection.getresponse().status == 200
    process.send_signal(signal.SIGKILL)
    process.communicate()
    connection.close()
    assert store.load(page.path).claims["fountain"].kind == "value"
    assert page.changed() == ["-     kind: fact", "+     kind: value"]


# --- over HTTP ------------------------------------------------------------------------------------------------------


def test_the_addresses_of_the_editor(page: Editing) -> None:
    """Everything that a page asks for, and nothing else."""
    reads, changes = routes(page.workspace)
    app = app_of(reads, changes, Events(lambda: ("hello", 1)), "key", 8000)
    client = TestClient(app, base_url="http://127.0.0.1:8000", headers={"Origin": "http://127.0.0.1:8000"})
    index = client.get("/key/").text
    for asset in ("editor.css", "main.js", "ui.js", "compare.js"):
        answer = client.get(f"/key/{asset}")
        assert answer.status_code == 200
        assert "http:" not in answer.text.replace("http://www.w3.org", "")
    assert "<script>" not in index
    assert "style=" not in index
    assert client.get("/key/words").json()["kinds"]["prediction"] == "says it will be"
    names = [file["name"] for file in client.get("/key/files").json()["files"]]
    assert names == ["codebook.yaml", "night-bus.yaml", "later.yaml"]
    for name in ("letter.txt", "../letter.txt", "/etc/passwd", "..", "", "pyproject.toml"):
        assert client.get("/key/file", params={"name": name}).status_code == 404, name
    assert client.get("/key/file").status_code == 400
    view = client.get("/key/file", params={"name": "later.yaml"}).json()
    asked = {"client": "x", "file": "later.yaml", "version": view["version"], "do": "change"}
    answer = client.post("/key/edit", json={**asked, "with": {"claim": "full", "fields": {"kind": "value"}}})
    assert answer.json()["view"]["claims"]["full"]["kind"] == "value"
    assert answer.json()["undo"] == [1, 0]
    assert client.post("/key/edit", json={**asked, "with": {"claim": "full", "fields": {}}}).status_code == 409
    for broken in ([], "x", 1, {}, {"client": "x"}, {**asked, "with": [1]}):
        assert client.post("/key/edit", json=broken).status_code == 400, broken
    assert client.post("/key/undo", json={"client": "y"}).json()["message"] == "there is nothing to undo"
    assert client.post("/key/undo", json={"client": "x"}).status_code == 200
    picture = client.get("/key/picture", params={"kind": "map", "map": "later.yaml"}).json()
    assert "run-now" in picture["svg"]
    assert "style=" not in picture["svg"]
    for kind in ("dumbbells", "how", "ledger"):
        maps = [("kind", kind), ("map", "night-bus.yaml"), ("map", "later.yaml")]
        assert "<svg" in client.get("/key/picture", params=maps).json()["svg"], kind
    assert "problem" in client.get("/key/picture", params={"kind": "nonsense", "map": "later.yaml"}).json()


@pytest.mark.parametrize("asked", ["picture", "view", "listing"])
def test_what_is_asked_during_a_save_does_not_take_the_edit_for_anothers(
    asked: str, page: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page asks for a picture while an edit is saved; the edit, its undo and its redo are the page's own all the same."""
    workspace = page.workspace
    workspace.picture("map", [page.name])  # from now on it is drawn ahead
    ask = {
        "picture": lambda: workspace.picture("map", [page.name]),
        "view": lambda: workspace.view(page.name),
        "listing": workspace.listing,
    }[asked]
    threads = []

    def save(path: Path, before: bytes, after: bytes, _save: Any = workspace._save) -> None:
        _save(path, before, after)
        threads.append(threading.Thread(target=ask))
        threads[-1].start()
        threads[-1].join(0.3)

    monkeypatch.setattr(workspace, "_save", save)
    page.do("change", claim="fountain", fields={"kind": "value"})
    for step, depth in ((workspace.undo, (0, 1)), (workspace.redo, (1, 0)), (workspace.undo, (0, 1))):
        workspace._draw_ahead(page.path)
        step(page.client)
        assert workspace.depth(page.client) == depth
    for thread in threads:
        thread.join()
    assert page.path.read_bytes() == page.start
