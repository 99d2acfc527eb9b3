"""The economy: budget, forecast and outcome, the tables made of them, and where each figure comes from."""
