-- name: document
SELECT content_type, etag, updated, contents FROM documents WHERE key = :key

-- name: save_document
INSERT INTO documents (key, context, agent, registration, name, content_type, etag, updated, contents)
VALUES (:key, :context, :agent, :registration, :name, :content_type, :etag, :updated, :contents)
ON CONFLICT (key) DO UPDATE SET
  content_type = excluded.content_type, etag = excluded.etag, updated = excluded.updated, contents = excluded.contents

-- name: delete_document
DELETE FROM documents WHERE key = :key

-- name: document_names
-- A registration narrows the list; without one, documents of every registration are listed.
SELECT DISTINCT name FROM documents
WHERE context = :context AND (:registration IS NULL OR registration = :registration) AND updated > :since
ORDER BY name

-- name: last_updated
SELECT max(updated) FROM documents
WHERE context = :context AND (:registration IS NULL OR registration = :registration) AND updated > :since

-- name: delete_documents
DELETE FROM documents WHERE context = :context AND (:registration IS NULL OR registration = :registration)
