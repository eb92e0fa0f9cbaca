"""What is kept of texts while they are read, and how it goes: a token alone keeps its text and the model's words."""

import sys


def forget_texts() -> None:
    """Empties all that functions of this package keep of what they were asked."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(f"{__package__}."):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()
