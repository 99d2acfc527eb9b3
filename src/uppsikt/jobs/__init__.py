"""Long work outside the page's request: started in a transaction, done by a worker, followed on a page."""
