"""General ledger extracts as ERP systems deliver them: CSV or Excel with mapped columns."""
