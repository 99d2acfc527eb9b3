-- All rows of a voucher.
-- Grain: one row per entry.
-- Parameters: slices (months of loads: BIGINT[]), series, number, digits (the number as a number, else 0).
-- Unit: öre. Sign: the ledger's, debit positive.
SELECT
  load, row, date, series, number, account, cost_centre, activity, project, counterparty,
  own1, own2, own3, own4, amount_ore, text, voucher_text
FROM entry
WHERE slice = ANY($slices)
  AND digits = $digits
  AND series = $series
  AND number = $number
ORDER BY load, row
