"""The editor in the browser: read, mark, connect and compare, saved into the same files.

edit(path)     serve a folder of maps and open it in the browser, until Ctrl-C

browser ─ page/*.js ── local_server ── app ── workspace ─┬─ operations   edits of a value
                                                         ├─ history      undo
                                                         └─ views        what the page shows
"""

from argmap.editor.app import edit

__all__ = ["edit"]
