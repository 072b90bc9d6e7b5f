-- name: export_statements
SELECT seq, voided, attached, payload FROM statements WHERE seq > %(after)s ORDER BY seq LIMIT %(limit)s

-- name: attached_to
SELECT sha2 FROM statement_attachments JOIN attachments USING (sha2) WHERE seq = %(seq)s ORDER BY sha2

-- name: attachment
SELECT contents FROM attachments WHERE sha2 = %(sha2)s

-- name: export_documents
SELECT key, context, agent, registration, name, content_type, etag, updated, contents
FROM documents WHERE key > %(after)s ORDER BY key LIMIT %(limit)s

-- name: export_activities
SELECT iri, definition FROM activities WHERE iri COLLATE "C" > %(after)s ORDER BY iri COLLATE "C" LIMIT %(limit)s

-- name: taken
SELECT seq FROM statements WHERE seq = ANY(%(seqs)s::bigint[])

-- name: document_updated
SELECT updated FROM documents WHERE key = %(key)s

-- name: restore_document
INSERT INTO documents (key, context, agent, registration, name, content_type, etag, updated, contents)
VALUES (%(key)s, %(context)s, %(agent)s, %(registration)s, %(name)s, %(content_type)s, %(etag)s, %(updated)s, %(contents)s)
ON CONFLICT (key) DO UPDATE SET
  content_type = excluded.content_type, etag = excluded.etag, updated = excluded.updated, contents = excluded.contents
WHERE documents.updated < excluded.updated

-- name: define_if_missing
INSERT INTO activities (iri, definition) VALUES (%(iri)s, %(definition)s) ON CONFLICT (md5(iri)) DO NOTHING

-- name: record_copy
INSERT INTO copies (path, kind, made) VALUES (%(path)s, %(kind)s, %(made)s)
ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, made = excluded.made

-- name: copies
SELECT path, kind, made FROM copies ORDER BY made, path

-- name: delete_lone_attachments
DELETE FROM attachments WHERE NOT EXISTS (SELECT 1 FROM statement_attachments WHERE statement_attachments.sha2 = attachments.sha2)

-- name: count_after
SELECT count(*) FROM statements WHERE seq > %(after)s
