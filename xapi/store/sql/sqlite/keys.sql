-- name: key
SELECT keys.key, name, secret_hash, scopes, authority, course FROM keys LEFT JOIN publishable ON publishable.key = keys.key
WHERE keys.key = :key AND revoked IS NULL

-- name: keys
SELECT keys.key, name, scopes, course, created, revoked FROM keys LEFT JOIN publishable ON publishable.key = keys.key
ORDER BY created, keys.key

-- name: add_key
INSERT INTO keys (key, name, secret_hash, scopes, authority, created)
VALUES (:key, :name, :secret_hash, :scopes, :authority, :created)

-- name: revoke_key
UPDATE keys SET revoked = :revoked WHERE key = :key AND revoked IS NULL

-- name: setting
SELECT value FROM settings WHERE name = :name

-- name: set_if_missing
INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING

-- name: publish_key
INSERT INTO publishable (key, course) VALUES (:key, :course)
