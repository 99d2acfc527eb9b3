-- What was booked with each counterparty, by the body that the cost centre stands under and by month.
-- Grain: one row per counterparty, body, month and, in the months asked for by day, day of the month (0 in the others).
-- Parameters: slices (months of loads: BIGINT[]), mapping (the year whose hierarchies are used), line, place (a node,
--   or '*' for everything), days_of (months that are told by day: BIGINT[]).
-- Unit: öre. Sign: the ledger's, debit positive.
-- A cost centre under no body has an empty body; one that the coding puts under two is counted once.
SELECT
  entry.counterparty AS counterparty,
  COALESCE(home.node, '') AS body,
  entry.month AS month,
  CASE WHEN entry.month = ANY($days_of) THEN DAY(entry.date) ELSE 0 END AS day,
  CAST(SUM(entry.amount_ore) AS BIGINT) AS amount_ore
FROM entry
LEFT JOIN (
  SELECT leaf, MIN(node) AS node
  FROM member
  WHERE year = $mapping AND axis = 'place' AND SUBSTR(node, 1, 5) = 'body:'
  GROUP BY leaf
) AS home ON home.leaf = entry.cost_centre
WHERE entry.slice = ANY($slices)
  AND ($line = '*' OR entry.account IN (
    SELECT leaf FROM member WHERE year = $mapping AND axis = 'line' AND node = $line))
  AND ($place = '*' OR entry.cost_centre IN (
    SELECT leaf FROM member WHERE year = $mapping AND axis = 'place' AND node = $place))
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
