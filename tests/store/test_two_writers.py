"""Two people save one file: both changes stay, or the second one is refused."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from threading import Thread

import pytest

from argmap import store
from argmap.findings import ArgmapError
from argmap.model import Alignment, Claim, Map, Support, replace

PAIRS = "argmap-alignment: 1\nbefore: x.yaml\nafter: y.yaml\ncorrespondences:\n" + "".join(
    f"  # pair {n}\n  - before: [a{n}]\n    after: [b{n}]\n    status: suggested\n" for n in range(8)
)
MAP = (
    "argmap: 1\nid: m\nthesis: a\nclaims:\n  a:\n    text: A.\n  b:\n    text: B.\n  c:\n    text: C.\n"
    "relations:\n  - support: a\n    by: [b]\n"
)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.yaml"
    path.write_text(PAIRS)
    return path


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(MAP)
    return path


def decided(alignment: Alignment, n: int, status: str) -> Alignment:
    entries = list(alignment.correspondences)
    entries[n] = replace(entries[n], status=status)
    return replace(alignment, correspondences=tuple(entries))


def statuses(path: Path) -> list[str]:
    return [each.status for each in store.load_alignment(path).correspondences]


def test_two_reviews_of_one_alignment_keep_each_others_decisions(pairs: Path) -> None:
    """Each decision is saved into what the other one left, a hand edit stays, and one's own decision can be revised."""
    one, two = store.load_alignment(pairs), store.load_alignment(pairs)
    one = decided(one, 0, "accepted")
    store.save(one, pairs)
    two = decided(two, 1, "rejected")
    store.save(two, pairs)
    pairs.write_text(pairs.read_text().replace("# pair 5\n", "# pair 5, by hand\n").replace("x.yaml", "z.yaml"))
    one = decided(one, 2, "accepted")
    store.save(one, pairs)
    two = decided(two, 1, "accepted")
    store.save(two, pairs)
    assert statuses(pairs) == ["accepted", "accepted", "accepted", *["suggested"] * 5]
    assert store.load_alignment(pairs).before == "z.yaml"
    assert "# pair 5, by hand" in pairs.read_text()


def test_reviews_at_the_same_moment_lose_nothing(pairs: Path) -> None:
    """Eight threads decide a pair each."""
    values = [store.load_alignment(pairs) for _ in range(8)]
    threads = [Thread(target=store.save, args=(decided(value, n, "accepted"), pairs)) for n, value in enumerate(values)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses(pairs) == ["accepted"] * 8


def test_two_words_for_one_entry_are_refused(notes: Path) -> None:
    """The message names the entry, both words and the way out; the file stays."""
    one, two = store.load(notes), store.load(notes)
    store.save(replace(one, claims={**one.claims, "b": replace(one.claims["b"], text="One.")}), notes)
    there = notes.read_text()
    with pytest.raises(ArgmapError) as raised:
        store.save(replace(two, claims={**two.claims, "b": replace(two.claims["b"], text="Two.")}), notes)
    assert str(raised.value) == (
        f'{notes}:8:11: changed-meanwhile: claims/b/text was changed here since it was read, to "One.", and is to be saved '
        'as "Two."; nothing is saved. Read the file again and repeat the change.'
    )
    assert notes.read_text() == there


@pytest.mark.parametrize("gone", [True, False])
def test_a_removed_entry_that_the_other_one_changed_is_refused(notes: Path, gone: bool) -> None:
    """Neither the removal nor the change wins by coming last."""
    one, two = store.load(notes), store.load(notes)
    without = replace(one, claims={claim_id: claim for claim_id, claim in one.claims.items() if claim_id != "c"})
    changed = replace(two, claims={**two.claims, "c": replace(two.claims["c"], text="Changed.")})
    store.save(without if gone else changed, notes)
    with pytest.raises(ArgmapError, match="claims/c"):
        store.save(changed if gone else without, notes)


def test_claims_and_relations_of_both_are_kept(notes: Path) -> None:
    """New claims stand where each writer put them; a relation that both changed is refused."""
    one, two = store.load(notes), store.load(notes)
    store.save(replace(one, claims={"d": Claim(id="d", text="D."), **one.claims}, title="T"), notes)
    two = replace(two, claims={**two.claims, "e": Claim(id="e", text="E.")})
    store.save(replace(two, relations=(*two.relations, Support(target="a", by=("c",)))), notes)
    found = store.load(notes)
    assert list(found.claims) == ["d", "a", "b", "c", "e"]
    assert (found.title, len(found.relations)) == ("T", 2)
    one, two = store.load(notes), store.load(notes)
    store.save(replace(one, relations=(Support(target="a", by=("b", "c")), *one.relations[1:])), notes)
    with pytest.raises(ArgmapError, match="relations/0"):
        store.save(replace(two, relations=(Support(target="a", by=("b", "d")), *two.relations[1:])), notes)


def test_a_file_that_both_begin_holds_both(tmp_path: Path) -> None:
    """The second `align` into a new file merges with the first; a decision wins against a suggestion."""
    path = tmp_path / "new.yaml"
    begun = store.parse(PAIRS, "x", Alignment).value
    one, two = begun.read_from(str(path), ""), begun.read_from(str(path), "")
    store.save(decided(one, 0, "accepted"), path)
    store.save(decided(two, 1, "rejected"), path)
    assert statuses(path)[:3] == ["accepted", "rejected", "suggested"]


def test_undo_is_a_change(notes: Path) -> None:
    """Saving the earlier value again takes the change back."""
    first = store.load(notes)
    store.save(replace(first, title="T"), notes)
    store.save(first, notes)
    assert notes.read_text() == MAP


def test_the_origin_is_no_part_of_the_value(notes: Path) -> None:
    """Equality, hashes, pickles and files know nothing of it."""
    value = store.load(notes)
    assert value == store.parse_map(MAP).value == pickle.loads(pickle.dumps(value)) == copy.deepcopy(value)  # noqa: S301
    assert isinstance(value, Map)
    assert store.dumps(value) == store.dumps(store.parse_map(MAP).value)
