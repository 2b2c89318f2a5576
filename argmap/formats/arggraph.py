"""arggraph XML, as the argumentative microtext corpus writes it.

The text is cut into elementary units (`edu`); `seg` edges join one or more of them, directly or through a `joint`,
into an argumentative unit (`adu`) of the proponent or the opponent. Edges between these argue:

    <arggraph id="bridge" stance="pro">
      <edu id="e1">Close the bridge.</edu>            <edu id="e2">It rusts.</edu>
      <adu id="a1" type="pro"/>                       <adu id="a2" type="pro"/>
      <edge id="s1" src="e1" trg="a1" type="seg"/>    <edge id="s2" src="e2" trg="a2" type="seg"/>
      <edge id="c1" src="a2" trg="a1" type="sup"/>
    </arggraph>

    sup, exa → Support (exa: by the scheme "example")     reb → Attack on a claim
    add      → one more source of the relation it leads to     und → Attack on a relation

Which side a unit is on follows from the edges; where a file says otherwise, that is kept, as is how the text is
cut, the topic and the stance. The format has no place for: rephrases, schemes other than "example", quotes and
sources, speakers, kinds and what else a claim can be, title, thesis, issues, notes. Ids begin with a letter in
XML, so that others get an underscore before them.

Source: Peldszus & Stede 2013, From argument diagrams to argumentation mining in texts; the corpus's arggraph.dtd.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError
from argmap.formats.carried import _relations as over_relations
from argmap.formats.carried import _with as with_
from argmap.formats.format import Reading
from argmap.formats.kit import Ids, Irregular, drop_empty, map_id, validated
from argmap.formats.markup import SPACE, Element, attribute, elements, escape, own, unreadable
from argmap.graph import ties
from argmap.model import Attack, Map, Rephrase, Support

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argmap.formats.format import Content

NAME = "arggraph"
EXAMPLE = "example"
