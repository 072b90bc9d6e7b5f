-- name: make_migrations
CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, made INTEGER NOT NULL)

-- name: last_migration
SELECT coalesce(max(number), 0) FROM migrations

-- name: record_migration
INSERT INTO migrations (number, made) VALUES (:number, :made)
