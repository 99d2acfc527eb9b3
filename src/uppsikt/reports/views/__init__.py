"""Answering requests about reports."""
