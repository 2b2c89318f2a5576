"""The signs that Argdown knows by name, written `.name.` or `:name:`: logic first, then what people add to a debate."""

from __future__ import annotations

_TABLE = """
A ∀ E ∃ O 𝗢 P 𝗣 -> → <-> ↔ ~ ¬ ^ ∧ v ∨ v_ ⊻ <> ◇ [] ◻
happy 😀 smile ☺ smiley ☺ laugh 😆 lol 😆 rofl 🤣 joy 😂 heart ❤ ? ❓ question ❓ love 😍 wink 😉 shush 🤫 meh 😐 eye-roll 🙄
sad 😢 disappointed 😞 scream 😱 +1 👍 up 👍 -1 👎 down 👎 think 🤔 star ⭐ y ✔ agree ✔ n ❌ disagree ❌
"""
_WORDS = _TABLE.split()

SHORTCODES = {
    f"{quote}{name}{quote}": sign for name, sign in zip(_WORDS[::2], _WORDS[1::2], strict=True) for quote in ".:"
}
"""Each written form and its sign."""
SHORTCODES[":smile:"] += "\ufe0f"
