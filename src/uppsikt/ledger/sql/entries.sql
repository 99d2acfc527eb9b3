-- Entries, a page at a time, by date or by size.
-- Grain: one row per entry.
-- Parameters: slices (months of loads: BIGINT[]), mapping (the year whose hierarchies are used), line, place,
--   activity, project, counterparty (a node, or '*' for everything), largest (by size, else by date),
--   least (no smaller amounts, whatever the sign; 0 for all), page (rows at most), skipped (rows before them).
-- Unit: öre. Sign: the ledger's, debit positive.
SELECT
  load, row, date, series, number, account, cost_centre, activity, project, counterparty,
  own1, own2, own3, own4, amount_ore, text, voucher_text
FROM entry
WHERE slice = ANY($slices)
  AND (amount_ore >= $least OR amount_ore <= -$least)
  AND ($line = '*' OR account IN (
    SELECT leaf FROM member WHERE year = $mapping AND axis = 'line' AND node = $line))
  AND ($place = '*' OR cost_centre IN (
    SELECT leaf FROM member WHERE year = $mapping AND axis = 'place' AND node = $place))
  AND ($activity = '*' OR activity IN (
    SELECT leaf FROM member WHERE year = $mapping AND axis = 'activity' AND node = $activity))
  AND ($project = '*' OR project IN (
    SELECT leaf FROM member WHERE year = $mapping AND axis = 'project' AND node = $project))
  AND ($counterparty = '*' OR counterparty IN (
    SELECT leaf FROM member WHERE year = $mapping AND axis = 'counterparty' AND node = $counterparty))
ORDER BY CASE WHEN $largest THEN ABS(amount_ore) ELSE 0 END DESC, date, series, digits, number, load, row
LIMIT $page OFFSET $skipped
