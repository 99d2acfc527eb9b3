-- The entries of one load, summed over what statements never ask for: voucher, date, counterparty, own dimensions.
-- Grain: one row per month, account, cost centre, activity and project.
-- Parameters: load.
-- Unit: öre. Sign: the ledger's, debit positive. `entries` is how many rows were summed.
SELECT
  slice, month, account, cost_centre, activity, project,
  CAST(SUM(amount_ore) AS BIGINT) AS amount_ore,
  CAST(COUNT(*) AS INTEGER) AS entries
FROM entry
WHERE load = $load
GROUP BY slice, month, account, cost_centre, activity, project
ORDER BY account, cost_centre, month, activity, project
