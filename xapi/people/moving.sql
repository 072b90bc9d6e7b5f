-- name: all_people
SELECT account, alias, organisation, sector, role, cohort, invited, due, sessions_after FROM people ORDER BY account

-- name: add_people
INSERT INTO people (account, alias, organisation, sector, role, cohort, invited, due, sessions_after)
VALUES (:account, :alias, :organisation, :sector, :role, :cohort, :invited, :due, :sessions_after)

-- name: all_identities
SELECT account, lms_id, name FROM identities ORDER BY account

-- name: add_identities
INSERT INTO identities (account, lms_id, name) VALUES (:account, :lms_id, :name)

-- name: all_links
SELECT hash, account, made, ended FROM links ORDER BY made, hash

-- name: add_links
INSERT INTO links (hash, account, made, ended) VALUES (:hash, :account, :made, :ended)

-- name: all_gone
SELECT hash FROM gone ORDER BY hash

-- name: add_gone
INSERT INTO gone (hash) VALUES (:hash)

-- name: all_secrets
SELECT name, value FROM secrets ORDER BY name

-- name: add_secrets
-- A server may have been started there before anybody was moved.
INSERT INTO secrets (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value

-- name: all_grants
SELECT id, hash, name, role, cohort, local, made, expires, ended FROM grants ORDER BY made, id

-- name: add_grants
INSERT INTO grants (id, hash, name, role, cohort, local, made, expires, ended)
VALUES (:id, :hash, :name, :role, :cohort, :local, :made, :expires, :ended)

-- name: all_visits
SELECT at, grant_id, what FROM visits ORDER BY at, grant_id, what

-- name: add_visits
INSERT INTO visits (at, grant_id, what) VALUES (:at, :grant_id, :what)
