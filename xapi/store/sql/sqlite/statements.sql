-- name: last_seq
SELECT coalesce(max(seq), 0) FROM statements

-- name: statements_by_id
SELECT id, payload FROM statements WHERE id IN (SELECT value FROM json_each(:ids))

-- name: statement
SELECT seq, payload FROM statements WHERE id = :id AND voided = :voided

-- name: add_statements
-- OR FAIL: what one INSERT has done need not be undone by itself, for whoever runs it undoes all. No page is copied for it.
INSERT OR FAIL INTO statements (seq, voided, voiding, attached, id, target, payload) VALUES (?, ?, ?, ?, ?, ?, ?)

-- name: add_terms
-- One call for a whole batch: an object of sequences, each with the array of its terms.
INSERT OR FAIL INTO terms (term, seq, via)
SELECT term.value, CAST(statement.key AS INTEGER), 0
FROM json_each(:terms) AS statement, json_each(statement.value) AS term

-- name: add_terms_via
INSERT OR IGNORE INTO terms (term, seq, via) SELECT value, :seq, :via FROM json_each(:terms)

-- name: referrers
SELECT seq, id, target, voiding FROM statements WHERE target IN (SELECT value FROM json_each(:ids))

-- name: links
-- Statements a reference leads to.
SELECT seq, id, target, voiding, payload FROM statements WHERE id = :id

-- name: void
UPDATE statements SET voided = 1 WHERE id = :id AND NOT voiding

-- name: latest
SELECT seq, attached, payload FROM statements
WHERE seq > :after AND seq < :before AND NOT voided
ORDER BY seq DESC LIMIT :limit

-- name: earliest
SELECT seq, attached, payload FROM statements
WHERE seq > :after AND seq < :before AND NOT voided
ORDER BY seq LIMIT :limit

-- name: latest_matching
-- All terms must belong to one statement: the one found, or the one at the end of its references. mine is of the found one.
SELECT statements.seq, statements.attached, statements.payload
FROM terms AS t CROSS JOIN statements ON statements.seq = t.seq
WHERE t.term = :first AND t.seq > :after AND t.seq < :before AND NOT statements.voided
  AND (:second IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = :second AND seq = t.seq AND via = t.via))
  AND (:third IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = :third AND seq = t.seq AND via = t.via))
  AND (:fourth IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = :fourth AND seq = t.seq AND via = t.via))
  AND (:mine IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = :mine AND seq = t.seq AND via = 0))
GROUP BY t.seq
ORDER BY t.seq DESC LIMIT :limit

-- name: earliest_matching
SELECT statements.seq, statements.attached, statements.payload
FROM terms AS t CROSS JOIN statements ON statements.seq = t.seq
WHERE t.term = :first AND t.seq > :after AND t.seq < :before AND NOT statements.voided
  AND (:second IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = :second AND seq = t.seq AND via = t.via))
  AND (:third IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = :third AND seq = t.seq AND via = t.via))
  AND (:fourth IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = :fourth AND seq = t.seq AND via = t.via))
  AND (:mine IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = :mine AND seq = t.seq AND via = 0))
GROUP BY t.seq
ORDER BY t.seq LIMIT :limit

-- name: frequency
-- How often a term occurs, up to a limit: the rarest leads the search.
SELECT count(*) FROM (SELECT 1 FROM terms WHERE term = :term LIMIT :limit)

-- name: has_term
SELECT 1 FROM terms WHERE term = :term AND seq = :seq AND via = 0

-- name: known_attachments
SELECT sha2 FROM attachments WHERE sha2 IN (SELECT value FROM json_each(:hashes))

-- name: add_attachments
INSERT OR IGNORE INTO attachments (sha2, contents) VALUES (?, ?)

-- name: attach
INSERT OR IGNORE INTO statement_attachments (seq, sha2) VALUES (?, ?)

-- name: attachment_sizes
SELECT seq, sum(length(contents)) FROM statement_attachments JOIN attachments USING (sha2)
WHERE seq IN (SELECT value FROM json_each(:seqs)) GROUP BY seq

-- name: attachments
SELECT DISTINCT attachments.sha2, attachments.contents
FROM statement_attachments JOIN attachments USING (sha2)
WHERE statement_attachments.seq IN (SELECT value FROM json_each(:seqs))
