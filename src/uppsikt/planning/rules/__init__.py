"""Rules of steering: judging targets, proposing fulfilment, hiding small groups. Pure functions."""
