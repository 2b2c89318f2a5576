"""The whole context of Web Annotations, http://www.w3.org/ns/anno.jsonld, term by term from the tables of the standard.

A JSON-LD processor needs it to tell what a key means, and is not to fetch it from the net. `test_web_annotation` holds
it against the vocabulary itself, so that no term is missing or misspelt.

Source: Web Annotation Vocabulary, W3C Recommendation 2017, §§2-3 (classes, properties, individuals) and appendix A (keys).
"""

from __future__ import annotations

from typing import Any

URL = "http://www.w3.org/ns/anno.jsonld"

NAMESPACES = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "iana": "http://www.iana.org/assignments/relation/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

SELECTORS = [
    "FragmentSelector",
    "CssSelector",
    "XPathSelector",
    "TextQuoteSelector",
    "TextPositionSelector",
    "DataPositionSelector",
    "SvgSelector",
    "RangeSelector",
]

CLASSES = {
    **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "ResourceSelection", "SpecificResource", "Choice")},
    **{name: f"oa:{name}" for name in (*SELECTORS, "TimeState", "HttpRequestState")},
    "CssStylesheet": "oa:CssStyle",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    "Person": "foaf:Person",
    "Organization": "foaf:Organization",
    "Audience": "schema:Audience",
    "Dataset": "dctypes:Dataset",
    "Image": "dctypes:StillImage",
    "Video": "dctypes:MovingImage",
    "Audio": "dctypes:Sound",
    "Text": "dctypes:Text",
}

MOTIVATIONS = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
]
INDIVIDUALS = {
    **{name: f"oa:{name}" for name in MOTIVATIONS},
    **{short: f"oa:{short}Direction" for short in ("auto", "ltr", "rtl")},
}

RESOURCES = {
    **{name: f"oa:has{name.capitalize()}" for name in ("body", "target", "source", "selector", "state", "scope")},
    "startSelector": "oa:hasStartSelector",
    "endSelector": "oa:hasEndSelector",
    **{name: f"oa:{name}" for name in ("refinedBy", "renderedVia", "via", "canonical")},
    "stylesheet": "oa:styledBy",
    "cached": "oa:cachedSource",
    "creator": "dcterms:creator",
    "rights": "dcterms:rights",
    "conformsTo": "dcterms:conformsTo",
    "generator": "as:generator",
    **{name: f"as:{name}" for name in ("partOf", "first", "last", "next", "prev")},
    "homepage": "foaf:homepage",
    "email": "foaf:mbox",
    "audience": "schema:audience",
}
"""Keys whose values are resources: an IRI, or an object."""

TERMS = {"motivation": "oa:motivatedBy", "purpose": "oa:hasPurpose", "textDirection": "oa:textDirection"}
"""Keys whose values are individuals of the vocabulary, by their short names."""

WORDS = {
    **{name: f"oa:{name}" for name in ("bodyValue", "processingLanguage", "exact", "prefix", "suffix", "styleClass")},
    "format": "dc:format",
    "language": "dc:language",
    "value": "rdf:value",
    "label": "rdfs:label",
    "name": "foaf:name",
    "nickname": "foaf:nick",
    "email_sha1": "foaf:mbox_sha1sum",
    "accessibility": "schema:accessibilityFeature",
}

DATES = {
    "created": "dcterms:created",
    "modified": "dcterms:modified",
    "generated": "dcterms:issued",
    **{name: f"oa:{name}" for name in ("sourceDate", "sourceDateStart", "sourceDateEnd")},
}

NUMBERS = {"start": "oa:start", "end": "oa:end", "total": "as:totalItems", "startIndex": "as:startIndex"}

STANDARD: dict[str, Any] = {
    **NAMESPACES,
    "id": "@id",
    "type": "@type",
    **CLASSES,
    **INDIVIDUALS,
    **{key: {"@id": iri, "@type": "@id"} for key, iri in RESOURCES.items()},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    **{key: {"@id": iri, "@type": "@vocab"} for key, iri in TERMS.items()},
    **WORDS,
    **{key: {"@id": iri, "@type": "xsd:dateTime"} for key, iri in DATES.items()},
    **{key: {"@id": iri, "@type": "xsd:nonNegativeInteger"} for key, iri in NUMBERS.items()},
}
"""The context itself."""


def loader(url: str, _options: Any) -> dict[str, Any]:
    """What a processor gets when it asks for a document: this context, and nothing from anywhere else."""
    assert url.replace("https:", "http:") == URL, f"{url} is fetched"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": STANDARD}}
