"""Tests that need real connections side by side."""
