-- seq is the instant of `stored` in microseconds since 1970, given out once each and in order.
CREATE TABLE statements (
  seq INTEGER PRIMARY KEY,
  voided INTEGER NOT NULL,
  voiding INTEGER NOT NULL,
  attached INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  target TEXT,
  payload BLOB NOT NULL
);
CREATE INDEX statements_target ON statements (target) WHERE target IS NOT NULL;

-- What a statement is found by. via is 0, or the statement at the end of a chain of references that has the term.
CREATE TABLE terms (
  term INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  via INTEGER NOT NULL,
  PRIMARY KEY (term, seq, via)
) WITHOUT ROWID;

CREATE TABLE attachments (
  sha2 TEXT PRIMARY KEY,
  contents BLOB NOT NULL
);
CREATE TABLE statement_attachments (
  seq INTEGER NOT NULL,
  sha2 TEXT NOT NULL,
  PRIMARY KEY (seq, sha2)
) WITHOUT ROWID;

-- key and context are hashes: of all that names a document, and of what a list of documents is asked for with.
CREATE TABLE documents (
  key BLOB PRIMARY KEY,
  context BLOB NOT NULL,
  agent INTEGER,
  registration TEXT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  etag TEXT NOT NULL,
  updated INTEGER NOT NULL,
  contents BLOB NOT NULL
);
CREATE INDEX documents_context ON documents (context, registration);

CREATE TABLE activities (
  iri TEXT PRIMARY KEY,
  definition TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE keys (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  secret_hash BLOB NOT NULL,
  scopes TEXT NOT NULL,
  authority TEXT NOT NULL,
  created INTEGER NOT NULL,
  revoked INTEGER
);

-- What the server keeps to itself.
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
);
