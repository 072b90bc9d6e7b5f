-- name: definitions
SELECT iri, definition FROM activities WHERE iri IN (SELECT value FROM json_each(:iris))

-- name: define
INSERT INTO activities (iri, definition) VALUES (?, ?)
ON CONFLICT (iri) DO UPDATE SET definition = excluded.definition
