-- name: targets
SELECT name, endpoint, key, secret, sent, failures, next_try, problem,
  (SELECT count(*) FROM outbox WHERE target = name AND refused IS NULL),
  (SELECT count(*) FROM outbox WHERE target = name AND refused IS NOT NULL)
FROM targets ORDER BY added, name

-- name: target
SELECT name FROM targets WHERE name = :name

-- name: due
SELECT name, endpoint, key, secret, failures FROM targets
WHERE next_try <= :now AND EXISTS (SELECT 1 FROM outbox WHERE target = name AND refused IS NULL)
ORDER BY added, name

-- name: add_target
INSERT INTO targets (name, endpoint, key, secret, added, sent, failures, next_try, problem)
VALUES (:name, :endpoint, :key, :secret, :added, 0, 0, 0, '')

-- name: queue_history
INSERT INTO outbox (target, seq) SELECT :name, seq FROM statements ORDER BY seq

-- name: remove_target
DELETE FROM targets WHERE name = :name

-- name: empty_outbox
DELETE FROM outbox WHERE target = :name

-- name: waiting
SELECT outbox.number, outbox.seq, statements.attached, statements.payload
FROM outbox JOIN statements USING (seq)
WHERE outbox.target = :name AND outbox.refused IS NULL
ORDER BY outbox.number LIMIT :limit

-- name: refusals
SELECT statements.id, outbox.refused FROM outbox JOIN statements USING (seq)
WHERE outbox.target = :name AND outbox.refused IS NOT NULL ORDER BY outbox.number

-- name: count_delivered
UPDATE targets SET failures = 0, next_try = 0, problem = '', sent = sent + (
  SELECT count(*) FROM outbox WHERE number IN (SELECT value FROM json_each(:numbers))
)
WHERE name = :name

-- name: delivered
DELETE FROM outbox WHERE number IN (SELECT value FROM json_each(:numbers))

-- name: refuse
UPDATE outbox SET refused = :refused WHERE number = :number

-- name: failed
UPDATE targets SET failures = :failures, next_try = :next_try, problem = :problem WHERE name = :name
