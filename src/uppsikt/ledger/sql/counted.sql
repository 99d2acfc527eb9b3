-- How many entries and vouchers.
-- Grain: one row.
-- Parameters: slices (months of loads: BIGINT[]), mapping (the year whose hierarchies are used), line, place,
--   activity, project, counterparty (a node, or '*' for everything).
-- Unit: number of entries; number of vouchers that have at least one of them.
SELECT
  CAST(COALESCE(SUM(entries), 0) AS BIGINT) AS entries,
  COUNT(*) AS vouchers
FROM (
  SELECT load, series, number, COUNT(*) AS entries
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
  GROUP BY load, series, number
) AS voucher
