-- name: document
SELECT content_type, etag, updated, contents FROM documents WHERE key = %(key)s

-- name: save_document
INSERT INTO documents (key, context, agent, registration, name, content_type, etag, updated, contents)
VALUES (%(key)s, %(context)s, %(agent)s, %(registration)s::text, %(name)s, %(content_type)s, %(etag)s, %(updated)s, %(contents)s)
ON CONFLICT (key) DO UPDATE SET
  content_type = excluded.content_type, etag = excluded.etag, updated = excluded.updated, contents = excluded.contents

-- name: delete_document
DELETE FROM documents WHERE key = %(key)s

-- name: document_names
-- A registration narrows the list; without one, documents of every registration are listed.
SELECT DISTINCT name COLLATE "C" AS name FROM documents
WHERE context = %(context)s AND (%(registration)s::text IS NULL OR registration = %(registration)s::text) AND updated > %(since)s
ORDER BY name COLLATE "C"

-- name: last_updated
SELECT max(updated) FROM documents
WHERE context = %(context)s AND (%(registration)s::text IS NULL OR registration = %(registration)s::text) AND updated > %(since)s

-- name: delete_documents
DELETE FROM documents WHERE context = %(context)s AND (%(registration)s::text IS NULL OR registration = %(registration)s::text)
