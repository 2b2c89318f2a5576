"""Which claims of two revisions are one: the id, where it is as near as any other; any script."""

import pytest

from argmap.diff import compare
from argmap.model import Map


def matched(before, after):
    """Match two revisions and return the pairs of ids."""
    left, right = (
        Map.model_validate({"id": "m", "claims": {claim_id: {"text": text} for claim_id, text in side.items()}})
        for side in (before, after)
    )
    return [
        (tuple(side.id for side in change.before), tuple(side.id for side in change.after))
        for change in compare(left, right).changes
        if change.before and change.after
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            {"bridge": "The bridge must be closed."},
            {
                "bridge": "The bridge must be shut.",
                "both": "The bridge must be closed and the ferry must be kept.",
            },
        ),
        (
            {"tax": "Raise the tax."},
            {"tax": "Raise the fuel tax.", "why": "Raise the tax, because the roads are bad."},
        ),
        (
            {"rents": "Rents rise.", "wages": "Wages fell and prices rose."},
            {"rents": "Rents rise in every town.", "wages": "Wages fell, prices rose, and rents rise."},
        ),
        (
            {"law": "The law is unjust."},
            {"said": "The law is unjust, say the tenants.", "law": "This law is unjust to tenants."},
        ),
    ],
    ids=["contained", "short", "swapped", "order"],
)
def test_same_id_wins(before, after):
    """A claim stays itself under its id, though another claim holds its old text, in either direction."""
    wanted = {claim_id: claim_id for claim_id in before}
    forward = matched(before, after)
    assert {left[0]: right[0] for left, right in forward if left[0] in right} == wanted
    back = matched(after, before)
    assert {right[0]: left[0] for left, right in back if right[0] in left} == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            {"a": "橋を閉鎖すべきだ。", "b": "橋は九か所で錆びている。", "c": "船便は既に大多数の通勤者が使う。"},
            {
                "x": "橋を直ちに閉鎖すべきだ。",
                "y": "橋は九か所でひどく錆びている。",
                "z": "船便は既に多くの通勤者が使っている。",
            },
        ),
        (
            {"a": "原発は廃止すべきだ。", "b": "電気料金は上がっている。", "c": "事故の危険が大きい。"},
            {"x": "原発は今すぐ廃止すべきだ。", "y": "電気料金は毎年上がっている。", "z": "事故の危険がとても大きい。"},
        ),
        (
            {"a": "桥梁应当关闭。", "b": "渡轮已经运送大部分通勤者。", "c": "税收太高。"},
            {"x": "这座桥梁应当立即关闭。", "y": "渡轮已经运送了大多数通勤者。", "z": "税收实在太高了。"},
        ),
        (
            {"a": "ควรปิดสะพานทันที", "b": "เรือข้ามฟากขนส่งผู้โดยสารส่วนใหญ่แล้ว", "c": "ภาษีสูงเกินไป"},
            {"x": "ควรปิดสะพานเก่าทันที", "y": "เรือข้ามฟากขนส่งผู้โดยสารเกือบทั้งหมดแล้ว", "z": "ภาษีน้ำมันสูงเกินไป"},
        ),
    ],
    ids=["Japanese", "Japanese, power", "Chinese", "Thai"],
)
def test_scripts_without_spaces_match(before, after):
    """Claims that gain a word are matched where a script sets no spaces."""
    assert matched(before, after) == [(("a",), ("x",)), (("b",), ("y",)), (("c",), ("z",))]
