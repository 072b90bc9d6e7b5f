-- name: export_statements
SELECT seq, voided, attached, payload FROM statements WHERE seq > :after ORDER BY seq LIMIT :limit

-- name: attached_to
SELECT sha2 FROM statement_attachments JOIN attachments USING (sha2) WHERE seq = :seq ORDER BY sha2

-- name: attachment
SELECT contents FROM attachments WHERE sha2 = :sha2

-- name: export_documents
SELECT key, context, agent, registration, name, content_type, etag, updated, contents
FROM documents WHERE key > :after ORDER BY key LIMIT :limit

-- name: export_activities
SELECT iri, definition FROM activities WHERE iri > :after ORDER BY iri LIMIT :limit

-- name: taken
SELECT seq FROM statements WHERE seq IN (SELECT value FROM json_each(:seqs))

-- name: document_updated
SELECT updated FROM documents WHERE key = :key

-- name: restore_document
INSERT INTO documents (key, context, agent, registration, name, content_type, etag, updated, contents)
VALUES (:key, :context, :agent, :registration, :name, :content_type, :etag, :updated, :contents)
ON CONFLICT (key) DO UPDATE SET
  content_type = excluded.content_type, etag = excluded.etag, updated = excluded.updated, contents = excluded.contents
WHERE documents.updated < excluded.updated

-- name: define_if_missing
INSERT INTO activities (iri, definition) VALUES (:iri, :definition) ON CONFLICT (iri) DO NOTHING

-- name: record_copy
INSERT INTO copies (path, kind, made) VALUES (:path, :kind, :made)
ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, made = excluded.made

-- name: copies
SELECT path, kind, made FROM copies ORDER BY made, path

-- name: delete_lone_attachments
DELETE FROM attachments WHERE sha2 NOT IN (SELECT sha2 FROM statement_attachments)

-- name: count_after
SELECT count(*) FROM statements WHERE seq > :after
