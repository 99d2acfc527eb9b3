-- What makes up every version of the ledger.
-- Grain: one row per version, month and load.
SELECT version, year, month, load
FROM part
ORDER BY version, year, month, load
