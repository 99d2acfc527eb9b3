"""The dataset in and out: YAML, CSV and Excel by the same declared tables."""
