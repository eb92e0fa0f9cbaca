"""Holding: extractions to entities and statements; pure Python."""
