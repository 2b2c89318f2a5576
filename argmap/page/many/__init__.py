"""The report of many texts: an index, and a page for each text and each comparison.

A page of 20 texts would be 11 MB. So each text has a page of its own, which is what the report of that text alone would be,
and each alignment has one for its two texts. The index leads to them.

    FOLDER ─ alignments ─ processes ─▶ pairs/NAME.html   ┐
             maps ─────── processes ─▶ texts/NAME.html   ├─ records ─▶ issues/NAME.html, search/*.js, index.html
                                                         ┘
    .argmap-report.jsonl   a record for each page, written at once: a run that was killed goes on, the next makes what changed

A page reads nothing but itself; the index loads the parts of the search index that a search needs. The index is written
last, and every file is written as a whole or not at all.
"""
