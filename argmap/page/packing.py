"""Keep a large page small: what is folded stands in it compressed, and the script unfolds it.

A page of two maps of 1,000 claims would be 8 MB, most of it folded away and alike. Compressed it is a tenth of that, and
the browser builds nothing that nobody looks at. Without scripts a sentence says where the same can be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmap.diagram.viewer import compressed

if TYPE_CHECKING:
    from markupsafe import Markup

_CLAIMS = re.compile(r'data-claims="([^"]*)"')
WITHOUT_SCRIPTS = "This part is folded, and unfolding it needs scripts. All quotes stand in the texts below; the pictures are also files."


def packed(html: str) -> Markup:
    """Pack a part of the page that is escaped already.

    Return an element that holds the part compressed, and names its claims, so that a link to one can unpack it.
    """
    from markupsafe import Markup

    claims = " ".join(dict.fromkeys(ref for refs in _CLAIMS.findall(html) for ref in refs.split(" ")))
    holds = Markup(claims)  # noqa: S704 - already escaped, as part of `html`
    return Markup(
        '<div class="packed" data-packed="{}" data-holds="{}"><noscript><p class="note">{}</p></noscript></div>'
    ).format(compressed(html), holds, WITHOUT_SCRIPTS)
