"""Procurement and purchases: suppliers, agreements, what is bought within them and outside."""
