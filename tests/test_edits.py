"""Small edits of a map, each with its ends following; the map itself never changes."""

import pytest

from argmap import edits
from argmap.model import Attack, Claim, Map, Support

HARBOUR = Map.model_validate(
    {
        "id": "harbour",
        "thesis": "dredge",
        "claims": {
            "dredge": {"text": "The channel must be dredged."},
            "silt": {"text": "Silt fills the channel."},
            "ships": {"text": "Ships grow."},
            "cost": {"text": "Dredging is expensive."},
            "doubt": {"text": "Silt has always been there."},
        },
        "relations": [
            {"support": "dredge", "by": ["silt", "ships"], "id": "need"},
            {"attack": "dredge", "by": ["cost"]},
            {"attack": "need", "by": ["doubt"], "id": "undercut"},
        ],
    }
)


def keys(m):
    return [relation.key for relation in m.relations]


def test_rename():
    """Relations and thesis follow a claim to its new id, and the order stays."""
    m = edits.rename(HARBOUR, {"dredge": "deepen", "silt": "mud"})
    assert list(m.claims) == ["deepen", "mud", "ships", "cost", "doubt"]
    assert (m.thesis, m.relations[0].by, m.relations[0].target) == ("deepen", ("mud", "ships"), "deepen")


def test_rename_swaps():
    """Two claims can exchange their ids."""
    m = edits.rename(HARBOUR, {"silt": "ships", "ships": "silt"})
    assert m.claims["silt"].text == "Ships grow."


def test_rename_refuses_a_clash():
    """An id that another claim keeps is refused."""
    with pytest.raises(ValueError, match="two claims would be called 'cost'"):
        edits.rename(HARBOUR, {"silt": "cost"})


def test_add():
    """A claim is added last, or before a place; an id that is taken is refused."""
    claim = Claim(id="fish", text="Fish need calm.")
    assert list(edits.add(HARBOUR, claim, at=1).claims)[1] == "fish"
    assert list(edits.add(HARBOUR, claim).claims)[-1] == "fish"
    with pytest.raises(ValueError, match="there is a claim 'fish' already"):
        edits.add(edits.add(HARBOUR, claim), claim)


def test_drop_one_of_two_premises():
    """The relation goes on with the premise that is left."""
    assert edits.drop(HARBOUR, "silt").relations[0].by == ("ships",)


def test_drop_takes_relations_along():
    """A relation that loses its last source or its target goes too, and so do relations on it; the thesis is forgotten."""
    assert keys(edits.drop(HARBOUR, "cost")) == ["need", "undercut"]
    m = edits.drop(HARBOUR, "dredge")
    assert (keys(m), m.thesis) == ([], None)
    with pytest.raises(KeyError):
        edits.drop(HARBOUR, "fish")


def test_change_and_reword():
    """One claim's fields change, and nothing else does."""
    m = edits.reword(edits.change(HARBOUR, "cost", force="hedged"), "cost", "Dredging may be dear.")
    assert (m.claims["cost"].force, m.claims["cost"].text) == ("hedged", "Dredging may be dear.")
    assert {claim_id: claim for claim_id, claim in m.claims.items() if claim_id != "cost"} == {
        claim_id: claim for claim_id, claim in HARBOUR.claims.items() if claim_id != "cost"
    }


def test_tie_and_untie():
    """A relation comes last; taken away, relations on it go along."""
    m = edits.tie(HARBOUR, Support(target="cost", by=("silt",)))
    assert keys(m)[-1] == "silt>cost"
    assert keys(edits.untie(HARBOUR, "need")) == ["cost!dredge"]
    with pytest.raises(KeyError):
        edits.untie(HARBOUR, "fish")


def test_never_changes_the_map():
    """Edits return new maps."""
    before = HARBOUR.model_dump()
    edits.drop(edits.tie(HARBOUR, Attack(target="cost", by=("ships",))), "silt")
    assert HARBOUR.model_dump() == before
