-- name: last_seq
SELECT coalesce(max(seq), 0) FROM statements

-- name: statements_by_id
SELECT id, payload FROM statements WHERE id = ANY(%(ids)s::text[])

-- name: statement
SELECT seq, payload FROM statements WHERE id = %(id)s AND voided = %(voided)s

-- name: add_statements
INSERT INTO statements (seq, voided, voiding, attached, id, target, payload) VALUES (%s, %s, %s, %s, %s, %s, %s)

-- name: add_terms
-- One call for a whole batch: an object of sequences, each with the array of its terms.
INSERT INTO terms (term, seq, via)
SELECT term.value::bigint, statement.key::bigint, 0
FROM jsonb_each(%(terms)s) AS statement, jsonb_array_elements_text(statement.value) AS term

-- name: add_terms_via
INSERT INTO terms (term, seq, via) SELECT value, %(seq)s, %(via)s FROM unnest(%(terms)s::bigint[]) AS value ON CONFLICT DO NOTHING

-- name: referrers
SELECT seq, id, target, voiding FROM statements WHERE target = ANY(%(ids)s::text[])

-- name: links
-- Statements a reference leads to.
SELECT seq, id, target, voiding, payload FROM statements WHERE id = %(id)s

-- name: void
UPDATE statements SET voided = 1 WHERE id = %(id)s AND voiding = 0

-- name: latest
SELECT seq, attached, payload FROM statements
WHERE seq > %(after)s AND seq < %(before)s AND voided = 0
ORDER BY seq DESC LIMIT %(limit)s

-- name: earliest
SELECT seq, attached, payload FROM statements
WHERE seq > %(after)s AND seq < %(before)s AND voided = 0
ORDER BY seq LIMIT %(limit)s

-- name: latest_matching
-- All terms must belong to one statement: the one found, or the one at the end of its references. mine is of the found one.
SELECT statements.seq, statements.attached, statements.payload
FROM terms AS t JOIN statements ON statements.seq = t.seq
WHERE t.term = %(first)s::bigint AND t.seq > %(after)s AND t.seq < %(before)s AND statements.voided = 0
  AND (%(second)s::bigint IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = %(second)s::bigint AND seq = t.seq AND via = t.via))
  AND (%(third)s::bigint IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = %(third)s::bigint AND seq = t.seq AND via = t.via))
  AND (%(fourth)s::bigint IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = %(fourth)s::bigint AND seq = t.seq AND via = t.via))
  AND (%(mine)s::bigint IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = %(mine)s::bigint AND seq = t.seq AND via = 0))
GROUP BY t.seq, statements.seq
ORDER BY t.seq DESC LIMIT %(limit)s

-- name: earliest_matching
SELECT statements.seq, statements.attached, statements.payload
FROM terms AS t JOIN statements ON statements.seq = t.seq
WHERE t.term = %(first)s::bigint AND t.seq > %(after)s AND t.seq < %(before)s AND statements.voided = 0
  AND (%(second)s::bigint IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = %(second)s::bigint AND seq = t.seq AND via = t.via))
  AND (%(third)s::bigint IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = %(third)s::bigint AND seq = t.seq AND via = t.via))
  AND (%(fourth)s::bigint IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = %(fourth)s::bigint AND seq = t.seq AND via = t.via))
  AND (%(mine)s::bigint IS NULL OR EXISTS (SELECT 1 FROM terms WHERE term = %(mine)s::bigint AND seq = t.seq AND via = 0))
GROUP BY t.seq, statements.seq
ORDER BY t.seq LIMIT %(limit)s

-- name: frequency
-- How often a term occurs, up to a limit: the rarest leads the search.
SELECT count(*) FROM (SELECT 1 FROM terms WHERE term = %(term)s LIMIT %(limit)s) AS found

-- name: has_term
SELECT 1 FROM terms WHERE term = %(term)s AND seq = %(seq)s AND via = 0

-- name: known_attachments
SELECT sha2 FROM attachments WHERE sha2 = ANY(%(hashes)s::text[])

-- name: add_attachments
INSERT INTO attachments (sha2, contents) VALUES (%s, %s) ON CONFLICT DO NOTHING

-- name: attach
INSERT INTO statement_attachments (seq, sha2) VALUES (%s, %s) ON CONFLICT DO NOTHING

-- name: attachment_sizes
SELECT seq, sum(length(contents))::bigint FROM statement_attachments JOIN attachments USING (sha2)
WHERE seq = ANY(%(seqs)s::bigint[]) GROUP BY seq

-- name: attachments
SELECT DISTINCT attachments.sha2, attachments.contents
FROM statement_attachments JOIN attachments USING (sha2)
WHERE statement_attachments.seq = ANY(%(seqs)s::bigint[])
