-- The rows of one load's staged files, as they are stored.
-- Grain: one row per entry.
-- Parameters: load, files (paths), columns (of the file: name -> type), texts (the columns where empty is ''),
--   parallel (whether a file may be read from several places at once: only if no text has a line break).
-- Unit: öre. Sign: the ledger's, debit positive.
-- DuckDB alone reads files; other engines are given the table. Sorted so that drilling down reads a small part of it;
--   a load is of one fiscal year, so the year would only make the sorting longer.
SELECT
  $load * 1000000::BIGINT + YEAR(date) * 100 + MONTH(date) AS slice,
  $load AS load,
  YEAR(date) AS year,
  MONTH(date) AS month,
  CASE
    WHEN LENGTH(number) <= 9 AND regexp_full_match(number, '[0-9]+') THEN CAST(number AS INTEGER)
    ELSE 0
  END AS digits,
  *
FROM read_csv(
  $files, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\n',
  strict_mode = true, buffer_size = 4000000, parallel = $parallel, columns = $columns, force_not_null = $texts
)
ORDER BY account, cost_centre, date, row
