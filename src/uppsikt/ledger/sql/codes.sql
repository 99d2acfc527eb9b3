-- The coding that is in use.
-- Grain: one row per dimension and value, the empty value left out.
-- Parameters: slices (months of loads: BIGINT[]).
SELECT DISTINCT 'account' AS dimension, account AS code FROM cube WHERE slice = ANY($slices) AND account <> ''
UNION ALL
SELECT DISTINCT 'cost_centre' AS dimension, cost_centre AS code FROM cube WHERE slice = ANY($slices) AND cost_centre <> ''
UNION ALL
SELECT DISTINCT 'activity' AS dimension, activity AS code FROM cube WHERE slice = ANY($slices) AND activity <> ''
UNION ALL
SELECT DISTINCT 'project' AS dimension, project AS code FROM cube WHERE slice = ANY($slices) AND project <> ''
UNION ALL
SELECT DISTINCT 'counterparty' AS dimension, counterparty AS code FROM entry WHERE slice = ANY($slices) AND counterparty <> ''
UNION ALL
SELECT DISTINCT 'own1' AS dimension, own1 AS code FROM entry WHERE slice = ANY($slices) AND own1 <> ''
UNION ALL
SELECT DISTINCT 'own2' AS dimension, own2 AS code FROM entry WHERE slice = ANY($slices) AND own2 <> ''
UNION ALL
SELECT DISTINCT 'own3' AS dimension, own3 AS code FROM entry WHERE slice = ANY($slices) AND own3 <> ''
UNION ALL
SELECT DISTINCT 'own4' AS dimension, own4 AS code FROM entry WHERE slice = ANY($slices) AND own4 <> ''
