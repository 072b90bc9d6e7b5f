-- name: begin_writing
-- One process writes at a time; the lock goes with the transaction.
SELECT pg_advisory_xact_lock(7521001)

-- name: next_seq
-- Asked after the lock is had: what others committed before is then seen.
SELECT greatest((extract(epoch FROM clock_timestamp()) * 1000000)::bigint, (SELECT max(seq) + 1 FROM statements))

-- name: consistent_through
-- The instant is of before the look at the lock: whoever gets the lock after that look writes later than it. While
-- somebody has it, what is committed.
SELECT CASE
  WHEN NOT EXISTS (
    SELECT 1 FROM pg_locks
    WHERE locktype = 'advisory' AND objid = 7521001 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ) THEN asked
  ELSE least(asked, coalesce((SELECT max(seq) + 1 FROM statements), 1))
END
FROM (SELECT (extract(epoch FROM statement_timestamp()) * 1000000)::bigint AS asked) AS now
