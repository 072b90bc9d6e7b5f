-- name: make_migrations
CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, made bigint NOT NULL)

-- name: last_migration
SELECT coalesce(max(number), 0) FROM migrations

-- name: record_migration
INSERT INTO migrations (number, made) VALUES (%(number)s, %(made)s)
