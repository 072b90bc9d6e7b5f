-- name: definitions
SELECT iri, definition FROM activities WHERE md5(iri) = ANY(SELECT md5(wanted) FROM unnest(%(iris)s::text[]) AS wanted)

-- name: define
INSERT INTO activities (iri, definition) VALUES (%s, %s)
ON CONFLICT (md5(iri)) DO UPDATE SET definition = excluded.definition
