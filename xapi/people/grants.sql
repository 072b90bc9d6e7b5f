-- name: add_grant
-- A local one has one row, whose link is new each time; sessions that an earlier one began go on.
INSERT INTO grants (id, hash, name, role, cohort, local, made, expires)
VALUES (:id, :hash, :name, :role, :cohort, :local, :made, :expires)
ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, made = excluded.made, expires = excluded.expires, ended = 0

-- name: grant_by_hash
SELECT id, name, role, cohort, local, made, expires, ended, 0 FROM grants WHERE hash = :hash

-- name: grant
SELECT id, name, role, cohort, local, made, expires, ended, 0 FROM grants WHERE id = :id

-- name: grants
SELECT id, name, role, cohort, local, made, expires, ended,
  coalesce((SELECT max(at) FROM visits WHERE grant_id = id), 0)
FROM grants ORDER BY made, name

-- name: end_grant
UPDATE grants SET ended = :now WHERE name = :name AND ended = 0 AND expires > :now

-- name: end_local
UPDATE grants SET ended = :now WHERE local = 1 AND ended = 0

-- name: note_visit
INSERT INTO visits (at, grant_id, what) VALUES (:at, :grant_id, :what)

-- name: visits
SELECT at, name, role, cohort, what FROM visits JOIN grants ON id = grant_id WHERE at >= :since ORDER BY at, name, what

-- name: drop_visits
DELETE FROM visits WHERE at < :before

-- name: drop_grants
DELETE FROM grants WHERE expires < :before AND NOT EXISTS (SELECT 1 FROM visits WHERE grant_id = id)
