-- name: make
-- What is kept between reports. actors: by which alias the roster finds someone, and where their account is.
-- latest: when each learner was last heard of in each masterclass, whatever exports say; it changes with the facts.
-- removed: what the table `facts` no longer has, but something derived may still be made from.
CREATE TABLE IF NOT EXISTS actors (actor BIGINT PRIMARY KEY, alias VARCHAR NOT NULL, home VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS sources (source VARCHAR PRIMARY KEY, after BIGINT NOT NULL, mark VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS unknown (source VARCHAR, reason VARCHAR, times BIGINT NOT NULL, PRIMARY KEY (source, reason));
CREATE TABLE IF NOT EXISTS settings (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- name: meet
INSERT OR IGNORE INTO actors SELECT * FROM met

-- name: recognise
-- Whoever of the roster is met for the first time.
INSERT INTO people SELECT met.actor, aliases.learner FROM met JOIN aliases USING (alias) ANTI JOIN people USING (actor)

-- name: arrive
CREATE OR REPLACE TEMP TABLE fresh AS SELECT * FROM arriving

-- name: once
-- A statement that came twice counts once.
DELETE FROM fresh USING (
  SELECT statement, arg_min(rowid, stored) AS kept FROM fresh GROUP BY statement HAVING count(*) > 1
) AS twice
WHERE fresh.statement = twice.statement AND fresh.rowid <> twice.kept

-- name: known_from
-- From when on what is known may come again. Exports have no order: anything in them may.
SELECT CASE WHEN bool_or(channel = 'lms') THEN TIMESTAMP '1970-01-01' ELSE min(stored) END FROM fresh

-- name: only_new
DELETE FROM fresh WHERE statement IN (SELECT statement FROM facts WHERE source = $source AND stored >= $first)

-- name: whose
-- Facts by people of the roster are theirs, whatever account they came by.
UPDATE fresh SET learner = coalesce((SELECT people.learner FROM people WHERE people.actor = fresh.actor), actor)

-- name: remove
-- The statements whose numbers are in the table `leaving`.
CREATE OR REPLACE TEMP TABLE removed AS SELECT facts.* FROM facts SEMI JOIN leaving USING (statement)

-- name: remove_rest
DELETE FROM facts WHERE statement IN (SELECT statement FROM leaving)

-- name: nothing_removed
CREATE OR REPLACE TEMP TABLE removed AS SELECT * FROM facts WHERE false

-- name: latest
CREATE OR REPLACE TABLE latest AS
SELECT learner, course, max("at") AS "at" FROM facts WHERE channel <> 'lms' GROUP BY learner, course

-- name: late
-- Pairs of learner and masterclass in which something happened before what is known, or is known no longer.
CREATE OR REPLACE TEMP TABLE late AS
SELECT learner, course FROM (
  SELECT learner, course, min("at") AS first FROM fresh WHERE channel <> 'lms' GROUP BY learner, course
) AS arrived
JOIN latest USING (learner, course)
WHERE first < latest."at"
UNION SELECT learner, course FROM removed

-- name: places_of_late
-- Looking for learners alone first is much quicker; of what is found the places, and only then all that is there.
CREATE OR REPLACE TEMP TABLE places AS SELECT rowid AS place FROM facts WHERE learner IN (SELECT learner FROM late)

-- name: take_back
INSERT INTO fresh
WITH theirs AS MATERIALIZED (SELECT * FROM facts WHERE rowid IN (SELECT place FROM places))
SELECT * FROM theirs SEMI JOIN late USING (learner, course)

-- name: remove_taken
DELETE FROM facts WHERE learner IN (SELECT learner FROM late) AND (learner, course) IN (SELECT learner, course FROM late)

-- name: unknown_again
DELETE FROM latest USING late WHERE latest.learner = late.learner AND latest.course = late.course

-- name: add
-- With the time since the statement before, which counts up to a limit; before a session begins, nothing counts.
INSERT INTO facts
SELECT fresh.* REPLACE (
  CASE WHEN channel = 'lms' OR verb = 'initialized' OR before IS NULL THEN 0
       ELSE greatest(0, least(epoch_us(fresh."at") - epoch_us(before), $idle * 1000000)) / 1000000.0 END AS active_seconds
)
FROM fresh JOIN (
  SELECT place, coalesce(before, latest."at") AS before
  FROM (
    SELECT rowid AS place, learner, course, lag("at") OVER (
      PARTITION BY learner, course, channel = 'lms' ORDER BY "at", stored, statement
    ) AS before
    FROM fresh
  ) LEFT JOIN latest USING (learner, course)
) ON fresh.rowid = place

-- name: heard
CREATE OR REPLACE TEMP TABLE heard AS
SELECT learner, course, max("at") AS "at" FROM fresh WHERE channel <> 'lms' GROUP BY learner, course

-- name: heard_before
DELETE FROM latest USING heard WHERE latest.learner = heard.learner AND latest.course = heard.course

-- name: heard_now
INSERT INTO latest SELECT * FROM heard

-- name: touch
INSERT INTO touched SELECT learner, course FROM fresh UNION SELECT learner, course FROM removed

-- name: stale
CREATE OR REPLACE TEMP TABLE stale AS SELECT DISTINCT learner, course FROM touched

-- name: how_many
SELECT (SELECT count(*) FROM stale), (SELECT count(*) FROM latest)

-- name: places_of_stale
CREATE OR REPLACE TEMP TABLE places AS SELECT rowid AS place FROM facts WHERE learner IN (SELECT learner FROM stale)

-- name: again
-- The facts that what is stale is derived from.
CREATE OR REPLACE TEMP TABLE again AS
WITH theirs AS MATERIALIZED (SELECT * FROM facts WHERE rowid IN (SELECT place FROM places))
SELECT * FROM theirs SEMI JOIN stale USING (learner, course)

-- name: nothing_leaves
CREATE OR REPLACE TEMP TABLE leaving AS SELECT statement FROM facts WHERE false

-- name: nothing_arrives
CREATE OR REPLACE TEMP TABLE fresh AS SELECT * FROM facts WHERE false

-- name: gone
-- What the store no longer has; the table `there` has the instants of what it has.
CREATE OR REPLACE TEMP TABLE leaving AS
SELECT statement FROM facts WHERE source = '' AND epoch_us(stored) NOT IN (SELECT stored FROM there)

-- name: of_actors
-- What anybody said who is in the table `forgotten`.
CREATE OR REPLACE TEMP TABLE leaving AS SELECT statement FROM facts SEMI JOIN forgotten USING (actor)

-- name: forget_actors
DELETE FROM actors WHERE actor IN (SELECT actor FROM forgotten)

-- name: all_of
CREATE OR REPLACE TEMP TABLE leaving AS SELECT statement FROM facts WHERE source = $source

-- name: numbered
CREATE OR REPLACE TEMP TABLE leaving AS SELECT statement FROM facts SEMI JOIN voided USING (statement)

-- name: off_roster
-- What exports said about people who are on the roster no longer.
CREATE OR REPLACE TEMP TABLE leaving AS
SELECT statement FROM facts WHERE channel = 'lms' AND actor NOT IN (SELECT actor FROM people)

-- name: changed
-- Actors that are somebody else's now, or nobody's.
CREATE OR REPLACE TEMP TABLE changed AS
SELECT actor FROM earlier FULL JOIN people USING (actor) WHERE earlier.learner IS DISTINCT FROM people.learner

-- name: moved
-- Facts whose learner is another one by the roster of now.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT facts.* FROM facts SEMI JOIN changed USING (actor) LEFT JOIN people USING (actor)
WHERE facts.learner <> coalesce(people.learner, facts.actor)

-- name: moved_leave
CREATE OR REPLACE TEMP TABLE leaving AS SELECT statement FROM fresh

-- name: others
-- Everyone in the facts who is not on the roster.
INSERT INTO learners BY NAME
SELECT DISTINCT learner, false AS on_roster, $blank AS organisation, $blank AS sector, $blank AS role, $blank AS cohort
FROM progress ANTI JOIN learners USING (learner)

-- name: several_homes
-- People of the roster whose account is known at more than one place.
SELECT count(*) FROM (
  SELECT people.learner FROM kept.people JOIN kept.actors USING (actor) GROUP BY people.learner HAVING count(DISTINCT actors.home) > 1
)

-- name: flagged
SELECT count(*) FROM facts WHERE flag IS NOT NULL
