-- How large the smallest of the largest entries is.
-- Grain: one row.
-- Parameters: slices (months of loads: BIGINT[]), mapping (the year whose hierarchies are used), line, place,
--   activity, project, counterparty (a node, or '*' for everything), page (how many entries).
-- Unit: öre, positive whatever the sign; NULL when there are no entries.
SELECT MIN(size) AS least
FROM (
  SELECT ABS(amount_ore) AS size
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
  ORDER BY size DESC
  LIMIT $page
) AS largest
