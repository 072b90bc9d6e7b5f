-- name: about
-- Statements in which a term stands themselves, not only by what they refer to.
SELECT statements.seq, statements.voided, statements.payload
FROM terms JOIN statements ON statements.seq = terms.seq
WHERE terms.term = %(term)s AND terms.via = 0 AND terms.seq > %(after)s
ORDER BY terms.seq LIMIT %(limit)s

-- name: home_pages
-- Where an account of this name is someone's: the actor of a statement. PostgreSQL reads no JSON with an escaped zero.
SELECT DISTINCT actor #>> '{account,homePage}' FROM (
  SELECT replace(convert_from(payload, 'UTF8'), '\u0000', '\u0020')::json -> 'actor' AS actor FROM statements
) AS actors
WHERE actor #>> '{account,name}' = %(name)s ORDER BY 1

-- name: documents_of
SELECT name, registration, content_type, updated, contents FROM documents WHERE agent = %(agent)s ORDER BY updated, name

-- name: lone_attachments
-- Attachments of these statements that no other statement has.
SELECT DISTINCT sha2 FROM statement_attachments AS mine
WHERE seq = ANY(%(seqs)s::bigint[]) AND NOT EXISTS (
  SELECT 1 FROM statement_attachments AS others
  WHERE others.sha2 = mine.sha2 AND others.seq <> ALL(%(seqs)s::bigint[])
)

-- name: delete_terms
DELETE FROM terms
WHERE seq = ANY(%(seqs)s::bigint[]) OR via = ANY(%(seqs)s::bigint[])

-- name: delete_links
DELETE FROM statement_attachments WHERE seq = ANY(%(seqs)s::bigint[])

-- name: delete_attachments
DELETE FROM attachments WHERE sha2 = ANY(%(hashes)s::text[])

-- name: delete_statements
DELETE FROM statements WHERE seq = ANY(%(seqs)s::bigint[])

-- name: delete_documents_of
DELETE FROM documents WHERE agent = %(agent)s

-- name: delete_from_outbox
DELETE FROM outbox WHERE seq = ANY(%(seqs)s::bigint[])

-- name: forget
INSERT INTO forgotten (by_statement, by_document, secret, forgotten, statements, documents, attachments)
VALUES (%(by_statement)s, %(by_document)s, %(secret)s, %(forgotten)s, %(statements)s, %(documents)s, %(attachments)s)
ON CONFLICT (by_statement) DO UPDATE SET
  forgotten = excluded.forgotten, statements = forgotten.statements + excluded.statements,
  documents = forgotten.documents + excluded.documents, attachments = forgotten.attachments + excluded.attachments

-- name: restore_forgotten
INSERT INTO forgotten (by_statement, by_document, secret, forgotten, statements, documents, attachments)
VALUES (%(by_statement)s, %(by_document)s, %(secret)s, %(forgotten)s, %(statements)s, %(documents)s, %(attachments)s)
ON CONFLICT (by_statement) DO NOTHING

-- name: forgotten
SELECT by_statement, by_document, secret, forgotten, statements, documents, attachments FROM forgotten
ORDER BY forgotten, by_statement
