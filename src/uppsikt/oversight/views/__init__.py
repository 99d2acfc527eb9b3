"""The routes of oversight."""
