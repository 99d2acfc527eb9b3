"""What is stored of projects. Their outcomes are not among it: they are in the ledger."""
