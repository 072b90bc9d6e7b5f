-- Where statements are forwarded to. sent counts what has arrived there; problem is why the last try failed.
CREATE TABLE targets (
  name TEXT PRIMARY KEY,
  endpoint TEXT NOT NULL,
  key TEXT NOT NULL,
  secret TEXT NOT NULL,
  added INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  next_try INTEGER NOT NULL,
  problem TEXT NOT NULL
);

-- What still has to go to each target, in order of arrival. refused is why a target will not have a statement.
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  target TEXT NOT NULL,
  seq INTEGER NOT NULL,
  refused TEXT
);
CREATE INDEX outbox_target ON outbox (target, number);
CREATE INDEX outbox_seq ON outbox (seq);

-- In the commit that stores a statement, however it came: none is missed, and none is forwarded that is not stored.
CREATE TRIGGER statements_outbox AFTER INSERT ON statements BEGIN
  INSERT INTO outbox (target, seq) SELECT name, NEW.seq FROM targets;
END;

-- Whom the store has forgotten, without saying who: HMACs of the terms their statements and documents are found by.
CREATE TABLE forgotten (
  by_statement BLOB PRIMARY KEY,
  by_document BLOB NOT NULL,
  secret BLOB NOT NULL,
  forgotten INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  attachments INTEGER NOT NULL
);

-- Exports and backups that were made: whoever is forgotten later is still in them.
CREATE TABLE copies (
  path TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  made INTEGER NOT NULL
);
