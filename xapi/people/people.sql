-- name: make
-- SQLite's words; in PostgreSQL a BLOB is a BYTEA.
-- sessions_after: sessions of the account that began up to then are over.
CREATE TABLE IF NOT EXISTS people (
  account TEXT PRIMARY KEY,
  alias TEXT NOT NULL UNIQUE,
  organisation TEXT NOT NULL,
  sector TEXT NOT NULL,
  role TEXT NOT NULL,
  cohort TEXT NOT NULL,
  invited TEXT NOT NULL,
  due TEXT NOT NULL,
  sessions_after BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS identities (account TEXT PRIMARY KEY, lms_id TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS links (
  hash BLOB PRIMARY KEY,
  account TEXT NOT NULL,
  made BIGINT NOT NULL,
  ended TEXT NOT NULL DEFAULT ''
);

-- Whose sessions are not to be taken up again, without saying who.
CREATE TABLE IF NOT EXISTS gone (hash BLOB PRIMARY KEY);

-- What the server keeps to itself.
CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL);

-- Staff's personal links. ended is 0 while a grant stands; local: only for a browser on the server's own computer.
CREATE TABLE IF NOT EXISTS grants (
  id TEXT PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  cohort TEXT NOT NULL,
  local INTEGER NOT NULL,
  made BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  ended BIGINT NOT NULL DEFAULT 0
);

-- The access log: which grant opened what, when.
CREATE TABLE IF NOT EXISTS visits (at BIGINT NOT NULL, grant_id TEXT NOT NULL, what TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS visits_at ON visits (at);

-- Codes that carry a learner to another device, and when somebody guessed wrong.
CREATE TABLE IF NOT EXISTS codes (hash BLOB PRIMARY KEY, account TEXT NOT NULL, until BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS guesses (at BIGINT NOT NULL);

-- name: by_alias
SELECT account FROM people WHERE alias = :alias

-- name: save_person
INSERT INTO people (account, alias, organisation, sector, role, cohort, invited, due)
VALUES (:account, :alias, :organisation, :sector, :role, :cohort, :invited, :due)
ON CONFLICT (account) DO UPDATE SET
  organisation = excluded.organisation, sector = excluded.sector, role = excluded.role, cohort = excluded.cohort,
  invited = excluded.invited, due = excluded.due

-- name: save_identity
INSERT INTO identities (account, lms_id, name) VALUES (:account, :lms_id, :name)
ON CONFLICT (account) DO UPDATE SET lms_id = excluded.lms_id, name = excluded.name

-- name: everyone
SELECT account, alias, lms_id, name, organisation, sector, role, cohort, invited, due,
  coalesce((SELECT CASE ended WHEN '' THEN 'in use' ELSE ended END FROM links
            WHERE links.account = people.account AND ended <> 'reissued'
            ORDER BY ended = '' DESC, made DESC LIMIT 1), 'none')
FROM people JOIN identities USING (account) ORDER BY cohort, name, lms_id

-- name: person
SELECT account, alias, lms_id, name, organisation, sector, role, cohort, invited, due,
  coalesce((SELECT CASE ended WHEN '' THEN 'in use' ELSE ended END FROM links
            WHERE links.account = people.account AND ended <> 'reissued'
            ORDER BY ended = '' DESC, made DESC LIMIT 1), 'none')
FROM people JOIN identities USING (account) WHERE account = :account

-- name: add_link
INSERT INTO links (hash, account, made) VALUES (:hash, :account, :made)

-- name: holder
SELECT account FROM links WHERE hash = :hash AND ended = ''

-- name: end_links
UPDATE links SET ended = :ended WHERE account = :account AND ended = ''

-- name: end_sessions
UPDATE people SET sessions_after = :now WHERE account = :account

-- name: sessions_after
SELECT sessions_after FROM people WHERE account = :account

-- name: is_gone
SELECT 1 FROM gone WHERE hash = :hash

-- name: be_gone
INSERT INTO gone (hash) VALUES (:hash) ON CONFLICT DO NOTHING

-- name: forget_person
DELETE FROM people WHERE account = :account

-- name: forget_identity
DELETE FROM identities WHERE account = :account

-- name: forget_links
DELETE FROM links WHERE account = :account

-- name: secret
SELECT value FROM secrets WHERE name = :name

-- name: keep_secret
INSERT INTO secrets (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING
