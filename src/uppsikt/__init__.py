"""Uppsikt: an open system in which a Swedish municipality steers itself and follows up."""
