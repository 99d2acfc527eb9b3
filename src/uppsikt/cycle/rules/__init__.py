"""Rules of the year: the steering model as typed data, and the states of a reporting round."""
