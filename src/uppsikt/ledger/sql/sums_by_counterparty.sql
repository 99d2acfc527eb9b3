-- Sums along one axis.
-- Grain: one row per leaf of the axis.
-- Parameters: slices (months of loads: BIGINT[]), mapping (the year whose hierarchies are used), line, place,
--   activity, project, counterparty (a node, or '*' for everything), axis (the column of the leaf).
-- Unit: öre. Sign: the ledger's, debit positive.
-- Read from the entries: the cube knows no counterparty.
SELECT
  CASE $axis
    WHEN 'account' THEN account
    WHEN 'cost_centre' THEN cost_centre
    WHEN 'activity' THEN activity
    WHEN 'project' THEN project
    WHEN 'counterparty' THEN counterparty
    WHEN 'month' THEN CAST(month AS VARCHAR)
  END AS leaf,
  CAST(SUM(amount_ore) AS BIGINT) AS amount_ore
FROM entry
WHERE slice = ANY($slices)
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
GROUP BY leaf
ORDER BY leaf
