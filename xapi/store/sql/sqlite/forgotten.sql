-- name: about
-- Statements in which a term stands themselves, not only by what they refer to.
SELECT statements.seq, statements.voided, statements.payload
FROM terms JOIN statements ON statements.seq = terms.seq
WHERE terms.term = :term AND terms.via = 0 AND terms.seq > :after
ORDER BY terms.seq LIMIT :limit

-- name: home_pages
-- Where an account of this name is someone's: the actor of a statement.
SELECT DISTINCT json_extract(CAST(payload AS TEXT), '$.actor.account.homePage') FROM statements
WHERE json_extract(CAST(payload AS TEXT), '$.actor.account.name') = :name ORDER BY 1

-- name: documents_of
SELECT name, registration, content_type, updated, contents FROM documents WHERE agent = :agent ORDER BY updated, name

-- name: lone_attachments
-- Attachments of these statements that no other statement has.
SELECT DISTINCT sha2 FROM statement_attachments AS mine
WHERE seq IN (SELECT value FROM json_each(:seqs)) AND NOT EXISTS (
  SELECT 1 FROM statement_attachments AS others
  WHERE others.sha2 = mine.sha2 AND others.seq NOT IN (SELECT value FROM json_each(:seqs))
)

-- name: delete_terms
DELETE FROM terms
WHERE seq IN (SELECT value FROM json_each(:seqs)) OR via IN (SELECT value FROM json_each(:seqs))

-- name: delete_links
DELETE FROM statement_attachments WHERE seq IN (SELECT value FROM json_each(:seqs))

-- name: delete_attachments
DELETE FROM attachments WHERE sha2 IN (SELECT value FROM json_each(:hashes))

-- name: delete_statements
DELETE FROM statements WHERE seq IN (SELECT value FROM json_each(:seqs))

-- name: delete_documents_of
DELETE FROM documents WHERE agent = :agent

-- name: delete_from_outbox
DELETE FROM outbox WHERE seq IN (SELECT value FROM json_each(:seqs))

-- name: forget
INSERT INTO forgotten (by_statement, by_document, secret, forgotten, statements, documents, attachments)
VALUES (:by_statement, :by_document, :secret, :forgotten, :statements, :documents, :attachments)
ON CONFLICT (by_statement) DO UPDATE SET
  forgotten = excluded.forgotten, statements = forgotten.statements + excluded.statements,
  documents = forgotten.documents + excluded.documents, attachments = forgotten.attachments + excluded.attachments

-- name: restore_forgotten
INSERT INTO forgotten (by_statement, by_document, secret, forgotten, statements, documents, attachments)
VALUES (:by_statement, :by_document, :secret, :forgotten, :statements, :documents, :attachments)
ON CONFLICT (by_statement) DO NOTHING

-- name: forgotten
SELECT by_statement, by_document, secret, forgotten, statements, documents, attachments FROM forgotten
ORDER BY forgotten, by_statement
