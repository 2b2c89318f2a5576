"""The editor in a real browser, by mouse and by keyboard; what counts is what the files hold afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from argmap import store
from argmap.editor.app import routes
from argmap.editor.workspace import Workspace
from argmap.local_server import LocalServer
from argmap.model import Map
from tests.conftest import CODEBOOK, LETTER, MAP
from tests.editor.test_workspace import LATER
from tests.helpers.browser_session import new_tab

PAIRS = """\
argmap-alignment: 1
before: night-bus.yaml
after: later.yaml
correspondences: []   # none yet
"""


@dataclass
class Editor:
    """The editor on one folder, and the page that is open."""

    folder: Path
    server: LocalServer
    workspace: Workspace
    page: Any = None
    asked: set[Any] = field(default_factory=set)
    """What the page has asked of the server, and is not answered."""

    def map(self, name: str = "night-bus.yaml") -> Map:
        return store.load(self.folder / name)

    def text(self, name: str = "night-bus.yaml") -> str:
        return (self.folder / name).read_text("utf-8")

    def tell(self) -> None:
        """Tell the page what changed outside; the command looks at the files by itself."""
        self.server.events.send("changed", self.workspace.listing())

    def until(self, true: Callable[[], object]) -> None:
        """Wait until the files are so, and the page has heard of it: what it draws anew takes no key or click."""
        for _ in range(2400):
            if not self.asked and true():
                self.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
                if not self.asked:
                    return
            self.page.wait_for_timeout(25)
        said = self.page.locator("#notice, dialog[open]").all_inner_texts()
        raise AssertionError(f"this did not come about; the page says {said}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def choose(self, *words: str) -> None:
        """Type into the list that is open, and take what is found."""
        self.page.locator("dialog[open]").wait_for()
        for each in words:
            self.page.keyboard.type(each)
        self.press("Enter")

    def select(self, claim: str) -> None:
        """Click on the words of a claim, until it is the one that is selected."""
        words = self.page.locator(f"#text [data-claims~='{claim}']").first
        for _ in range(3):
            words.click()
            if self.page.locator("#details .kicker", has_text=claim).count():
                return

    def box(self, claim: str) -> Any:
        return self.page.locator(f"#picture [data-claims='night-bus/{claim}']").first

    def drag(self, claim: str, target: Any) -> None:
        """Drag a claim of the picture onto something."""
        self.box(claim).scroll_into_view_if_needed()
        start = self.box(claim).bounding_box()
        target.scroll_into_view_if_needed()
        start, end = self.box(claim).bounding_box(), target.bounding_box()
        x, y = end["x"] + end["width"] / 2, end["y"] + end["height"] / 2
        if target.get_attribute("class") == "grip":  # a line may bend around the middle of its frame
            x, y = target.evaluate(
                "line => { const at = line.getPointAtLength(line.getTotalLength() * 0.12).matrixTransform(line.getScreenCTM());"
                " return [at.x, at.y]; }"
            )
        mouse = self.page.mouse
        mouse.move(start["x"] + 12, start["y"] + 12)
        mouse.down()
        mouse.move(start["x"] + 40, start["y"] + 30, steps=3)
        mouse.move(x, y, steps=4)
        mouse.up()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One server for all tests of this file."""
    folder = tmp_path_factory.mktemp("editor")
    write(folder)
    workspace = Workspace(folder)
    with LocalServer(*routes(workspace), lambda: ("hello", workspace.listing())) as server:
        yield Editor(folder, server, workspace)


def listen(editor: Editor, page: Any) -> None:
    """Note what a page asks for; the stream of events never ends."""
    editor.asked.clear()
    page.on("request", lambda one: one.resource_type == "eventsource" or editor.asked.add(one))
    for event in ("requestfinished", "requestfailed"):
        page.on(event, lambda one: editor.asked.discard(one))


def write(folder: Path) -> None:
    digest = hashlib.sha256(LETTER.encode()).hexdigest()
    files = {
        "letter.txt": LETTER,
        "codebook.yaml": CODEBOOK,
        "night-bus.yaml": MAP.format(sha256=digest),
        "later.yaml": LATER,
        "pairs.yaml": PAIRS,
    }
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())


@pytest.fixture(scope="module")
def open_tab(browser: Any) -> Any:
    tab = new_tab(browser, "desktop")
    tab.page.set_default_timeout(60_000)
    return tab


@pytest.fixture
def editor(running: Editor, open_tab: Any) -> Iterator[Editor]:
    """The page, freshly opened on the files as they were; no error and no request elsewhere may come of a test."""
    write(running.folder)
    open_tab.errors.clear()
    open_tab.requests.clear()
    if running.page is None:
        listen(running, open_tab.page)
    running.page = open_tab.page
    open_tab.page.goto("about:blank")
    open_tab.page.goto(running.server.address + "#map=night-bus.yaml")
    open_tab.page.wait_for_selector("html.ready.heard")
    open_tab.page.wait_for_selector("#picture svg")
    yield running
    ours = f"http://127.0.0.1:{running.server.port}/{running.server.token}/"
    assert [url for url in open_tab.requests if not url.startswith((ours, "data:", "about:"))] == []
    refused = "Failed to load resource"  # the browser's own word for an edit that was refused
    assert [error for error in open_tab.errors if refused not in error] == []


# --- read ---------------------------------------------------------------------------------------------------------------


def test_words_are_marked_by_mouse(editor: Editor) -> None:
    """Double click takes a word; a drag takes words; the button makes the claim."""
    page = editor.page
    run = page.locator("#text span", has_text="It rained on the day").first
    spot = run.bounding_box()
    page.mouse.move(spot["x"] + 1, spot["y"] + 14)
    page.mouse.down()
    page.mouse.move(spot["x"] + 120, spot["y"] + 14, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Make a claim").click()
    editor.until(lambda: len(editor.map().claims) == 12)
    new = next(
        claim
        for claim in editor.map().claims.values()
        if claim.quotes and claim.quotes[0].exact.startswith("It rained")
    )
    assert page.locator("#field-text").input_value() == new.text


def test_words_are_marked_by_keyboard(editor: Editor) -> None:
    """From sentence to sentence, a word more, a claim; then a second place for it; then set aside, and taken back."""
    page = editor.page
    page.locator("#text").focus()
    editor.press("j", "J")
    editor.press("ArrowDown", "ArrowDown", "ArrowDown")
    said = page.evaluate("getSelection().toString()")
    editor.press("Shift+ArrowLeft", "m")
    editor.until(lambda: len(editor.map().claims) == 12)
    editor.until(lambda: "claim=" in page.url)
    made = editor.map().claims[page.url.partition("claim=")[2]]
    assert made.quotes[0].exact.split()[0] == said.split()[0]
    editor.press("ArrowDown", "q")
    editor.until(lambda: len(editor.map().claims[made.id].quotes) == 2)
    editor.press("ArrowDown", "z")
    editor.choose("transition")
    editor.until(lambda: len(editor.map().sources["letter"].non_argumentative) == 2)
    editor.press("Z")
    editor.press("Control+z", "Control+z", "Control+z")
    editor.until(lambda: len(editor.map().claims) == 11)
    editor.press("]")
    page.locator("#text h2", has_text="later").wait_for()
    page.locator("#text").focus()
    editor.press("ArrowUp", "m")
    editor.until(lambda: len(editor.map("later.yaml").claims) == 3)
    last = list(editor.map("later.yaml").claims.values())[-1].quotes[0].exact
    assert last.endswith("Nobody asks for the fountain's money any more.")


def test_what_is_not_accounted_for_stands_out_and_is_set_aside(editor: Editor) -> None:
    """By mouse: the sentence is marked, selected, and set aside with a reason."""
    page = editor.page
    assert page.locator("#text .left-out").count() == 0
    editor.select("vote-soon")
    page.get_by_role("button", name="Remove claim").click()
    left = page.locator("#text .left-out")
    left.wait_for()
    left.click(click_count=3)
    page.get_by_role("toolbar").get_by_role("button", name="Set aside").click()
    page.get_by_role("option", name="scenery").click()
    left.wait_for(state="detached")
    assert editor.map().sources["letter"].non_argumentative[1].reason == "scenery"


def suggested(editor: Editor) -> None:
    for claim in ("taxi-costs", "line-9-empty", "vote-soon"):
        text = editor.text().replace(f"\n  {claim}:\n", f"\n  {claim}:\n    status: suggested\n")
        (editor.folder / "night-bus.yaml").write_text(text, "utf-8")
    editor.tell()
    editor.page.locator("#text .suggested").first.wait_for()


def test_suggestions_are_pruned_by_keyboard(editor: Editor) -> None:
    """Next, accept, reject with a reason, kind and commitment: a key each."""
    suggested(editor)
    editor.press("n", "a")
    editor.until(lambda: editor.map().claims["taxi-costs"].status == "accepted")
    editor.page.locator("#details .kicker", has_text="line-9-empty").wait_for()
    editor.press("k")
    editor.choose("cause")
    editor.until(lambda: editor.map().claims["line-9-empty"].kind == "cause")
    editor.press("c")
    editor.choose("asserts")
    editor.until(lambda: editor.map().claims["line-9-empty"].commitment == "asserted")
    editor.press("x")
    editor.choose("repeats")
    editor.until(lambda: "line-9-empty" not in editor.map().claims)
    assert editor.map().sources["letter"].non_argumentative[0].reason == "repeats what was said"
    editor.page.locator("#details .kicker", has_text="vote-soon").wait_for()


def test_suggestions_are_pruned_by_mouse(editor: Editor) -> None:
    """The same by buttons and lists."""
    page = editor.page
    suggested(editor)
    page.get_by_role("button", name="3 suggested claims").click()
    page.locator("#details").get_by_role("button", name="Accept").click()
    editor.until(lambda: editor.map().claims["taxi-costs"].status == "accepted")
    page.locator("#details .kicker", has_text="line-9-empty").wait_for()
    page.get_by_label("Kind").select_option("cause")
    editor.until(lambda: editor.map().claims["line-9-empty"].kind == "cause")
    page.locator("#details").get_by_role("button", name="Reject").click()
    page.get_by_role("option", name="example").click()
    editor.until(lambda: "line-9-empty" not in editor.map().claims)


# --- connect ------------------------------------------------------------------------------------------------------------


def test_claims_are_connected_by_dragging(editor: Editor) -> None:
    """Onto a claim, onto a support (linked), onto an arrow (undercut); the picture is drawn anew each time."""
    page = editor.page
    editor.drag("fountain", editor.box("vote-soon"))
    page.get_by_role("option", name="Supports it").click()
    editor.until(lambda: "fountain>vote-soon" in [relation.key for relation in editor.map().relations])
    page.locator("#picture [data-relation='night-bus/fountain>vote-soon']").first.wait_for(state="attached")
    arrow = page.locator("#picture [data-relation='night-bus/taxi-costs>no-way-home'] .grip").first
    editor.drag("line-9-empty", arrow)
    page.get_by_role("option", name="Linked").click()
    editor.until(lambda: "taxi-costs+line-9-empty>no-way-home" in [relation.key for relation in editor.map().relations])
    page.locator("#picture [data-relation='night-bus/taxi-costs+line-9-empty>no-way-home']").first.wait_for(
        state="attached"
    )
    arrow = page.locator("#picture [data-relation='night-bus/nurses-walk>no-way-home'] .grip").first
    editor.drag("other-route", arrow)
    page.get_by_role("option", name="Speaks against this step").click()
    editor.until(lambda: editor.map().relations[-1].target == "nurses-walk-support")
    assert editor.map().relations[-1].by == ("other-route",)
    assert editor.map().relations[2].id == "nurses-walk-support"
    page.locator("#picture [data-relation='night-bus/other-route!nurses-walk-support']").first.wait_for(
        state="attached"
    )


def test_claims_are_connected_by_keyboard(editor: Editor) -> None:
    """Support, attack, undercut, linked, rephrase; and undone, every one."""
    before = editor.text()
    editor.select("fountain")
    steps = (
        ("s", "stand empty", "fountain>would-be-empty"),
        ("o", "twice", ""),
        ("o", "this step vote", "fountain!vote-soon-support"),
        ("l", "taxi", "taxi-costs+fountain>no-way-home"),
        ("=", "afford", "fountain=cannot-afford"),
    )
    for key, words, made in steps:
        if not made:
            continue
        editor.press(key)
        editor.choose(words)
        editor.until(lambda made=made: made in [relation.key for relation in editor.map().relations])  # type: ignore[misc]
    for _ in range(4):
        editor.press("Control+z")
    editor.until(lambda: editor.text() == before)
    for _ in range(4):
        editor.press("Control+Shift+z")
    editor.until(lambda: editor.map().relations[-1].key == "fountain=cannot-afford")
    editor.page.get_by_role("button", name="Undo").click()
    editor.until(lambda: len(editor.map().relations) == 11)
    editor.page.get_by_role("button", name="Redo").click()
    editor.until(lambda: len(editor.map().relations) == 12)


def test_a_scheme_shows_its_questions(editor: Editor) -> None:
    """Chosen by mouse or by key, of a connection that is selected in the picture, the outline or the details."""
    page = editor.page
    editor.select("taxi-costs")
    page.locator("#details .ties .lead").first.click()
    page.get_by_label("Scheme").click()
    editor.choose("expert opinion")
    page.get_by_text("How credible is this expert?").wait_for()
    assert editor.map().relations[1].scheme == "expert opinion"  # type: ignore[union-attr]
    page.get_by_label("This is").select_option("attack")
    editor.until(lambda: editor.map().relations[1].type == "attack")
    page.locator("#details").focus()
    editor.press("h")
    editor.choose("None")
    editor.until(lambda: editor.map().relations[1].scheme is None)


def test_the_outline_does_the_same_by_keyboard_alone(editor: Editor) -> None:
    """Walk, fold, connect, remove."""
    page = editor.page
    editor.press("v", "F6", "F6")
    first = page.locator("[role=treeitem]").first
    editor.until(lambda: first.evaluate("item => item === document.activeElement"))
    editor.press("ArrowLeft")
    assert first.get_attribute("aria-expanded") == "false"
    editor.press("ArrowRight", "ArrowRight", "ArrowDown")
    held = page.evaluate("document.activeElement.dataset.claim")
    assert held == "taxi-costs"
    assert page.locator("#details .kicker").inner_text().startswith("supporting point · taxi-costs")
    editor.press("o")
    editor.choose("vote before the summer")
    editor.until(lambda: editor.map().relations[-1].key == "taxi-costs!vote-soon")
    assert page.evaluate("document.activeElement.dataset.claim") == "taxi-costs"
    editor.press("Enter")
    page.get_by_text("one step").wait_for()
    editor.press("Delete")
    editor.until(lambda: all(relation.key != "taxi-costs>no-way-home" for relation in editor.map().relations))


# --- compare ------------------------------------------------------------------------------------------------------------


def test_two_texts_are_compared_by_keyboard(editor: Editor) -> None:
    """Candidates by number, none, search, word, because, passed over, the other side."""
    page = editor.page
    editor.press("g")
    editor.choose("Compare")
    page.locator(".claim-card").wait_for()
    for _ in range(11):
        if "until two" in page.locator(".claim-card").inner_text():
            break
        editor.press("n")
    pairs = lambda: store.load_alignment(editor.folder / "pairs.yaml")  # noqa: E731
    editor.press("1")
    page.locator(".pair-card").wait_for()
    editor.press("w")
    editor.choose("realised")
    editor.until(lambda: pairs().correspondences[0].change)
    editor.press("b")
    page.keyboard.type("They run now.")
    editor.press("Escape")
    editor.until(lambda: pairs().correspondences and pairs().correspondences[0].because == "They run now.")
    assert (pairs().correspondences[0].change, pairs().correspondences[0].status) == ("realised", "accepted")
    editor.press("n", "v")
    editor.until(lambda: pairs().silent.before)
    editor.press("n", "s")
    editor.choose("full")
    page.locator(".pair-card", has_text="are full").wait_for()
    editor.press("Delete")
    page.locator(".pair-card").wait_for(state="detached")
    assert len(pairs().correspondences) == 1
    editor.press("y")
    page.locator(".claim-card", has_text="run until two now").wait_for()
    while page.locator(".claim-card", has_text="are full").count() == 0:
        editor.press("n")
    editor.press("0")
    editor.until(lambda: pairs().correspondences[-1].status == "rejected")
    assert "# none yet" in editor.text("pairs.yaml")


def test_words_under_way_outlive_what_is_drawn_anew(editor: Editor) -> None:
    """Half a reason is typed when a map changes outside: the card is another, and the words are all there."""
    page = editor.page
    (editor.folder / "pairs.yaml").write_text(
        PAIRS.replace("[]   # none yet", "[{before: run-at-night, after: run-now, status: accepted}]"), "utf-8"
    )
    editor.tell()
    editor.press("g")
    editor.choose("Compare")
    page.locator(".claim-card").wait_for()
    for _ in range(11):
        if "until two" in page.locator(".claim-card").inner_text():
            break
        editor.press("n")
    page.locator(".pair-card").wait_for()
    editor.press("b")
    page.keyboard.type("They run")
    later = editor.text("later.yaml").replace("The buses run until", "The buses do run until")
    (editor.folder / "later.yaml").write_text(later, "utf-8")
    editor.tell()
    page.locator(".pair-card", has_text="do run until two now").wait_for()
    page.keyboard.type(" now.")
    editor.press("Escape")
    pairs = lambda: store.load_alignment(editor.folder / "pairs.yaml")  # noqa: E731
    editor.until(lambda: pairs().correspondences[0].because == "They run now.")


def test_two_texts_are_compared_by_mouse(editor: Editor) -> None:
    """Click the words, the candidate, the word, the reason, and back."""
    page = editor.page
    page.get_by_role("button", name="Compare").click()
    page.locator("[data-side=before] [data-claims~='run-at-night']").last.click()
    page.locator(".claim-card", has_text="until two").wait_for()
    page.locator(".candidate").first.click()
    page.get_by_label("What happened").select_option("realised")
    pairs = lambda: store.load_alignment(editor.folder / "pairs.yaml")  # noqa: E731
    editor.until(lambda: pairs().correspondences and pairs().correspondences[0].change == "realised")
    page.get_by_label("Because").fill("They do.")
    page.get_by_role("button", name="Next claim").click()
    editor.until(lambda: pairs().correspondences[0].because == "They do.")
    page.get_by_role("button", name="passes over it").click()
    editor.until(lambda: len(pairs().silent.before) == 1)
    page.get_by_role("button", name="Take back").click()
    editor.until(lambda: not pairs().silent.before)
    page.get_by_role("button", name="Another claim").click()
    page.get_by_role("option", name="are full").click()
    editor.until(lambda: len(pairs().correspondences) == 2)


# --- codebook, find, look, check ----------------------------------------------------------------------------------------


def test_the_codebook_is_ordered_by_dragging_and_by_keys(editor: Editor) -> None:
    """Questions and positions; a position of a claim is one key."""
    page = editor.page
    page.get_by_role("button", name="Codebook").click()
    handles = page.get_by_role("button", name="Move “")
    handles.first.wait_for()
    rows = page.locator(".issue")
    start, end = (
        rows.nth(1).locator(".handle").first.bounding_box(),
        rows.nth(0).locator(".handle").first.bounding_box(),
    )
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + 5, steps=4)
    page.mouse.up()
    book = lambda: store.load_codebook(editor.folder / "codebook.yaml")  # noqa: E731
    editor.until(lambda: list(book().issues) == ["cost", "service"])
    page.get_by_role("button", name="Move “around the clock”: Alt and an arrow key").focus()
    editor.press("Alt+ArrowLeft")
    editor.until(lambda: list(book().issues["service"].scale) == ["none", "evening", "always", "night"])
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Move “around the clock”")
    page.get_by_role("button", name="Add a question").click()
    page.keyboard.type("Who drives?")
    editor.press("Enter")
    editor.until(lambda: len(book().issues) == 3)
    editor.press("g")
    editor.choose("night-bus")
    editor.select("fountain")
    editor.press("1")
    editor.until(lambda: editor.map().claims["fountain"].position == "no")
    editor.press("0")
    editor.until(lambda: editor.map().claims["fountain"].position is None)
    editor.press("i")
    editor.choose("Who drives")
    editor.until(lambda: editor.map().claims["fountain"].issue == list(book().issues)[2])
    page.locator("#details").get_by_label("Question").select_option("service")
    page.locator("#details").get_by_role("button", name="until two").click()
    editor.until(lambda: editor.map().claims["fountain"].position == "night")


def test_texts_and_claims_are_found(editor: Editor) -> None:
    """A claim of the other map, and a sentence of this text."""
    page = editor.page
    editor.press("/")
    editor.choose("night buses are full")
    page.locator("#details .kicker", has_text="full").wait_for()
    page.get_by_role("button", name="Find").click()
    editor.choose("it rained")
    editor.until(lambda: "It rained" in page.evaluate("getSelection().toString()"))


def test_pictures_follow_an_edit_and_findings_stand_at_their_claim(editor: Editor) -> None:
    """Words that do not stand in the text are found at once, where they are."""
    page = editor.page
    editor.select("fountain")
    page.get_by_label("Claim", exact=True).fill("The town bought a fountain.")
    editor.press("Enter")
    page.locator("#picture", has_text="The town bought a fountain.").wait_for()
    page.get_by_label("Condition").fill("if pigs fly")
    page.get_by_label("Condition").blur()
    page.locator("#details .finding.error", has_text="if pigs fly").wait_for()
    editor.press("Escape")
    page.locator("#details").get_by_role("button", name="Show").first.click()
    page.locator("#details .kicker", has_text="fountain").wait_for()
    page.get_by_role("button", name="Pictures").click()
    for name in ("Question by question", "Where each text stands"):
        page.get_by_role("button", name=name).click()
        page.locator("#gallery svg").wait_for()


# --- files --------------------------------------------------------------------------------------------------------------


def outside(editor: Editor, old: str, new: str) -> None:
    text = editor.text()
    assert old in text
    (editor.folder / "night-bus.yaml").write_text(text.replace(old, new), "utf-8")


def test_a_change_made_outside_appears(editor: Editor) -> None:
    """Without a click, and words under way in a field stay; a broken file is shown as broken until it is mended."""
    page = editor.page
    editor.select("fountain")
    page.get_by_label("Note").fill("under way")
    outside(editor, "text: The town found the money for a fountain twice.", "text: The fountain was paid for.")
    editor.tell()
    editor.until(lambda: page.locator("#field-text").input_value() == "The fountain was paid for.")
    assert page.get_by_label("Note").input_value() == "under way"
    page.get_by_label("Note").fill("")
    outside(editor, "claims:\n", "claims: [\n")
    editor.tell()
    page.get_by_text("cannot be read").first.wait_for()
    outside(editor, "claims: [\n", "claims:\n")
    editor.tell()
    page.locator("#text .essay").wait_for()


def test_an_edit_on_a_file_that_changed_is_refused_with_both_versions(editor: Editor) -> None:
    """The person decides; nothing is lost on either side."""
    page = editor.page
    editor.select("fountain")
    for answer, kind in (("Leave the file", "fact"), ("Make my edit", "value")):
        outside(editor, "# the other side", "# the other side, ")
        page.get_by_label("Kind").select_option("value")
        dialog = page.get_by_role("dialog")
        dialog.wait_for()
        assert "kind: value" in dialog.inner_text()
        assert "# the other side, " in dialog.inner_text()
        dialog.get_by_role("button", name=answer).click()
        dialog.wait_for(state="detached")
        editor.until(lambda kind=kind: editor.map().claims["fountain"].kind == kind)  # type: ignore[misc]
        editor.until(lambda kind=kind: page.get_by_label("Kind").input_value() == kind)  # type: ignore[misc]
    assert "# the other side, , " in editor.text()


def test_two_tabs_lose_nothing(editor: Editor, browser: Any) -> None:
    """Both edit one file in turn; each sees the other's edits, and undoes its own."""
    other = new_tab(browser, "desktop").page
    other.goto(editor.server.address + "#map=night-bus.yaml&claim=taxi-costs")
    other.wait_for_selector("html.ready.heard")
    editor.select("fountain")
    for kind in ("value", "cause"):
        editor.page.get_by_label("Kind").select_option(kind)
        editor.until(lambda kind=kind: editor.map().claims["fountain"].kind == kind)  # type: ignore[misc]
        editor.tell()
        other.wait_for_timeout(150)
        other.get_by_label("Kind").select_option(kind)
        editor.until(lambda kind=kind: editor.map().claims["taxi-costs"].kind == kind)  # type: ignore[misc]
        editor.tell()
        editor.page.wait_for_timeout(150)
    editor.press("Control+z")
    editor.until(lambda: editor.map().claims["fountain"].kind == "value")
    assert editor.map().claims["taxi-costs"].kind == "cause"
    other.context.close()
    editor.until(lambda: len(editor.server.events) == 1)


def test_a_finger_drags_claims_on_a_tablet(editor: Editor, browser: Any) -> None:
    """A tap selects, and a drag from box to box connects; neither scrolls."""
    page = browser.new_context(viewport={"width": 820, "height": 1180}, has_touch=True).new_page()
    page.goto(editor.server.address + "#map=night-bus.yaml")
    page.wait_for_selector("#picture svg")
    page.locator("#text [data-claims~='taxi-costs']").first.tap()
    page.locator("#details .kicker", has_text="taxi-costs").wait_for()
    send = page.context.new_cdp_session(page).send
    boxes = [page.locator(f"#picture [data-claims='night-bus/{claim}']") for claim in ("fountain", "cannot-afford")]
    boxes[0].scroll_into_view_if_needed()
    start, end = (box.bounding_box() for box in boxes)
    for n in range(6):
        at = {
            "x": start["x"] + 30 + (end["x"] - start["x"]) * n / 5,
            "y": start["y"] + 12 + (end["y"] - start["y"]) * n / 5,
        }
        send("Input.dispatchTouchEvent", {"type": "touchMove" if n else "touchStart", "touchPoints": [at]})
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.get_by_role("option", name="Says it in other words").tap()
    editor.until(lambda: editor.map().relations[-1].key == "fountain=cannot-afford")
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [((1440, 900), "light"), ((820, 1180), "dark")])
def test_everyone_can_use_it(editor: Editor, axe: str, size: tuple[int, int], scheme: str) -> None:
    """Axe finds nothing in any part, light or dark, on a desk or a tablet; nothing is wider than the window."""
    page = editor.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    parts: list[Callable[[], object]] = [
        lambda: None,
        lambda: editor.select("no-way-home"),
        lambda: editor.press("v"),
        lambda: editor.press("s"),
        lambda: (
            editor.press("Escape"),
            page.get_by_role("button", name="Compare").click(),
            page.locator(".claim-card").wait_for(),
        ),
        lambda: (page.get_by_role("button", name="Codebook").click(), page.locator(".issue").first.wait_for()),
        lambda: editor.press("?"),
    ]
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    try:
        page.evaluate(axe)
        for part in parts:
            part()
            found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
            told = [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
            assert told == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light")


# --- from nothing to a report -------------------------------------------------------------------------------------------

SPRING = """\
The lake should stay quiet

I think that the town should keep the ban on motor boats. The water has become clearer since the ban, according to the
university. Some hotel owners argue that guests stay away. But the number of guests has risen. It rained yesterday.
"""
AUTUMN = """\
Electric boats on the lake

Only electric boats should be allowed on the lake, because they are quiet. The water is as clear as before the boats came.
Some families demand the full ban on motor boats again. However, a rule that everyone keeps is worth more than a ban.
"""


def test_a_newcomer_comes_from_two_texts_to_a_report(browser: Any, tmp_path: Path) -> None:
    """With `init`, `draft` and the editor: every suggestion is accepted or rejected, two claims are matched, a report is made."""
    from click.testing import CliRunner

    import argmap
    from argmap.cli import main

    for name, text in (("spring.txt", SPRING), ("autumn.txt", AUTUMN)):
        (tmp_path / name).write_text(text)
    lake = tmp_path / "lake"
    runner = CliRunner()
    texts = [str(tmp_path / "spring.txt"), str(tmp_path / "autumn.txt")]
    assert runner.invoke(main, ["init", *texts, "-o", str(lake)]).exit_code == 0
    assert runner.invoke(main, ["draft", str(lake / "spring.yaml"), str(lake / "autumn.yaml")]).exit_code == 0
    workspace = Workspace(lake)
    with LocalServer(*routes(workspace), lambda: ("hello", workspace.listing())) as server:
        tab = new_tab(browser, "desktop")
        editor = Editor(lake, server, workspace, tab.page)
        listen(editor, tab.page)
        keys = 0

        def press(*names: str) -> None:
            nonlocal keys
            editor.press(*names)
            keys += len(names)

        claims = 0
        for name in ("spring", "autumn"):
            tab.page.goto("about:blank")
            tab.page.goto(f"{server.address}#map={name}.yaml")
            tab.page.wait_for_selector("html.ready.heard")
            while any(editor.map(f"{name}.yaml").awaiting):
                before = editor.text(f"{name}.yaml")
                press("n")
                words = tab.page.locator("#field-text")
                if words.count() and "rained" in words.input_value():
                    press("x")
                    editor.choose("scenery")
                    keys += len("scenery") + 1
                else:
                    press("A")
                editor.until(lambda before=before, name=name: editor.text(f"{name}.yaml") != before)  # type: ignore[misc]
                tab.page.wait_for_timeout(60)
            claims += len(editor.map(f"{name}.yaml").claims)
        press("g")
        editor.choose("Compare")
        tab.page.locator(".candidate").first.wait_for()
        press("1")
        tab.page.locator(".pair-card").wait_for()
        tab.page.context.close()
    assert tab.errors == []
    assert claims >= 8
    assert keys <= 3 * claims + 15
    findings = argmap.check(lake)
    assert [finding for finding in findings if finding.severity == "error"] == []
    (alignment,) = lake.glob("*-*.yaml")
    assert len(store.load_alignment(alignment).correspondences) == 1
    assert argmap.report(lake, tmp_path / "report")[0].is_file()
