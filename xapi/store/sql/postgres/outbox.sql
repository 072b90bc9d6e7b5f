-- name: targets
SELECT name, endpoint, key, secret, sent, failures, next_try, problem,
  (SELECT count(*) FROM outbox WHERE target = name AND refused IS NULL),
  (SELECT count(*) FROM outbox WHERE target = name AND refused IS NOT NULL)
FROM targets ORDER BY added, name

-- name: target
SELECT name FROM targets WHERE name = %(name)s

-- name: due
SELECT name, endpoint, key, secret, failures FROM targets
WHERE next_try <= %(now)s AND EXISTS (SELECT 1 FROM outbox WHERE target = name AND refused IS NULL)
ORDER BY added, name

-- name: add_target
INSERT INTO targets (name, endpoint, key, secret, added, sent, failures, next_try, problem)
VALUES (%(name)s, %(endpoint)s, %(key)s, %(secret)s, %(added)s, 0, 0, 0, '')

-- name: queue_history
INSERT INTO outbox (target, seq) SELECT %(name)s::text, seq FROM statements ORDER BY seq

-- name: remove_target
DELETE FROM targets WHERE name = %(name)s

-- name: empty_outbox
DELETE FROM outbox WHERE target = %(name)s

-- name: waiting
SELECT outbox.number, outbox.seq, statements.attached, statements.payload
FROM outbox JOIN statements USING (seq)
WHERE outbox.target = %(name)s AND outbox.refused IS NULL
ORDER BY outbox.number LIMIT %(limit)s

-- name: refusals
SELECT statements.id, outbox.refused FROM outbox JOIN statements USING (seq)
WHERE outbox.target = %(name)s AND outbox.refused IS NOT NULL ORDER BY outbox.number

-- name: count_delivered
UPDATE targets SET failures = 0, next_try = 0, problem = '', sent = sent + (
  SELECT count(*) FROM outbox WHERE number = ANY(%(numbers)s::bigint[])
)
WHERE name = %(name)s

-- name: delivered
DELETE FROM outbox WHERE number = ANY(%(numbers)s::bigint[])

-- name: refuse
UPDATE outbox SET refused = %(refused)s WHERE number = %(number)s

-- name: failed
UPDATE targets SET failures = %(failures)s, next_try = %(next_try)s, problem = %(problem)s WHERE name = %(name)s
