"""Warnings about the steering, like a compiler's. Each rule is one small function; `RULES` is all of them.

docs/lint.md lists them with what they mean; a test holds the list to the registry.
"""

from __future__ import annotations

from uppsikt.oversight.rules.lint.registry import RULES, Rule, lint
from uppsikt.oversight.rules.lint.steering import Finding, Severity, Steering

__all__ = ["RULES", "Finding", "Rule", "Severity", "Steering", "lint"]
