-- name: key
SELECT key, name, secret_hash, scopes, authority FROM keys WHERE key = :key AND revoked IS NULL

-- name: keys
SELECT key, name, scopes, authority, created, revoked FROM keys ORDER BY created, key

-- name: add_key
INSERT INTO keys (key, name, secret_hash, scopes, authority, created)
VALUES (:key, :name, :secret_hash, :scopes, :authority, :created)

-- name: revoke_key
UPDATE keys SET revoked = :revoked WHERE key = :key AND revoked IS NULL

-- name: setting
SELECT value FROM settings WHERE name = :name

-- name: set_if_missing
INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING
