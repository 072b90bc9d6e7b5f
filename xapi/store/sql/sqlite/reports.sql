-- name: statements_after
-- What reports read: everything that was stored and is not voided, in order.
SELECT seq, payload FROM statements WHERE seq > :after AND voided = 0 ORDER BY seq LIMIT :limit

-- name: sequences_after
SELECT seq FROM statements WHERE seq > :after AND voided = 0 ORDER BY seq LIMIT :limit

-- name: removals
-- Changes whenever somebody was forgotten.
SELECT count(*), coalesce(max(forgotten), 0), coalesce(sum(statements), 0) FROM forgotten

-- name: note_restored
-- What is restored has an earlier place in the sequence than what was read last.
INSERT INTO settings (name, value) VALUES ('restored', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
