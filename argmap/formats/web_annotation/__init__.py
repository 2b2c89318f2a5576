"""W3C Web Annotation, in JSON-LD: claims as annotations on the words they were read from.

    {"@context": ["http://www.w3.org/ns/anno.jsonld", {"argmap": "urn:argmap:terms#", …}],
     "id": "urn:argmap:bridge", "type": "AnnotationCollection", "label": "Should the bridge be closed?", "total": 2,
     "first": {"id": "urn:argmap:bridge:page", "type": "AnnotationPage", "items": [
       {"id": "urn:argmap:bridge:claim:rust", "type": "Annotation", "motivation": "describing",
        "body": {"type": "TextualBody", "value": "It rusts.", "format": "text/plain", "purpose": "describing"},
        "target": {"type": "SpecificResource", "source": "https://example.org/bridge",
                   "selector": [{"type": "TextQuoteSelector", "exact": "it rusts", "prefix": "that "},
                                {"type": "TextPositionSelector", "start": 40, "end": 48}]}},
       {"id": "urn:argmap:bridge:relation:1", "type": "Annotation", "motivation": "linking",
        "body": ["urn:argmap:bridge:claim:rust", {"type": "TextualBody", "value": "support", "purpose": "classifying"}],
        "target": "urn:argmap:bridge:claim:close"}]}}

What the standard can say is said in its terms: words, places, links. The rest of a map (sources with their texts, kinds,
schemes, issues, …) stands in terms of argmap's own, as JSON (`@type: @json`), so that nothing is lost and other
readers pass over it. A claim without a quote is about its source as a whole, or about the map.

Annotations of any other tool are read as claims: one annotation, a list, a graph, a page, a collection with its first
page, or an export of Hypothesis. What an annotation says is its body that is no tag or class; without one, the words it
quotes; without those, its tag or address. Words are quoted through whatever refines them. A position alone is found in
the text where that is known, and where words and a position disagree the words count, with a finding. All else
(who, when, other bodies, selectors and targets, contexts) is kept and written back.

A link between two annotations is the relation that its label or motivation names, each of several reasons by itself.
A reply is a claim, and a relation only where its tag says which: nobody supports by answering. Other pages and
addresses are never fetched: a finding names them.

Source: Web Annotation Data Model, W3C Recommendation 2017 (§3 annotations, §4.2 selectors, §5 collections);
the context and the vocabulary, Web Annotation Vocabulary 2017; the Hypothesis API.
"""

from __future__ import annotations

from argmap.formats.web_annotation.reader import read
from argmap.formats.web_annotation.writer import write

__all__ = ["read", "write"]
