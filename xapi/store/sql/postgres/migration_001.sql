-- The same tables as the embedded store's; see there what they hold.
CREATE TABLE statements (
  seq bigint PRIMARY KEY,
  voided integer NOT NULL,
  voiding integer NOT NULL,
  attached integer NOT NULL,
  id text NOT NULL UNIQUE,
  target text,
  payload bytea NOT NULL
);
CREATE INDEX statements_target ON statements (target) WHERE target IS NOT NULL;
-- JSON is short; compressing it costs more than it saves.
ALTER TABLE statements ALTER COLUMN payload SET STORAGE EXTERNAL;

CREATE TABLE terms (
  term bigint NOT NULL,
  seq bigint NOT NULL,
  via bigint NOT NULL,
  PRIMARY KEY (term, seq, via)
);

CREATE TABLE attachments (
  sha2 text PRIMARY KEY,
  contents bytea NOT NULL
);
CREATE TABLE statement_attachments (
  seq bigint NOT NULL,
  sha2 text NOT NULL,
  PRIMARY KEY (seq, sha2)
);

CREATE TABLE documents (
  key bytea PRIMARY KEY,
  context bytea NOT NULL,
  agent bigint,
  registration text NOT NULL,
  name text NOT NULL,
  content_type text NOT NULL,
  etag text NOT NULL,
  updated bigint NOT NULL,
  contents bytea NOT NULL
);
CREATE INDEX documents_context ON documents (context, registration);

-- An IRI can be longer than an index entry may be, so its hash is the key.
CREATE TABLE activities (
  iri text NOT NULL,
  definition text NOT NULL
);
CREATE UNIQUE INDEX activities_iri ON activities (md5(iri));

CREATE TABLE keys (
  key text PRIMARY KEY,
  name text NOT NULL,
  secret_hash bytea NOT NULL,
  scopes text NOT NULL,
  authority text NOT NULL,
  created bigint NOT NULL,
  revoked bigint
);

CREATE TABLE settings (
  name text PRIMARY KEY,
  value bytea NOT NULL
);
