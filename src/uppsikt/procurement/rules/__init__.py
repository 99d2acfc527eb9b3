"""Rules of procurement and purchases: kinds, limits over time, what is bought within agreements. Pure, on öre."""
