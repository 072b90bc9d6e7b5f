-- Where statements are forwarded to. sent counts what has arrived there; problem is why the last try failed.
CREATE TABLE targets (
  name text PRIMARY KEY,
  endpoint text NOT NULL,
  key text NOT NULL,
  secret text NOT NULL,
  added bigint NOT NULL,
  sent bigint NOT NULL,
  failures bigint NOT NULL,
  next_try bigint NOT NULL,
  problem text NOT NULL
);

-- What still has to go to each target, in order of arrival. refused is why a target will not have a statement.
CREATE TABLE outbox (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  target text NOT NULL,
  seq bigint NOT NULL,
  refused text
);
CREATE INDEX outbox_target ON outbox (target, number);
CREATE INDEX outbox_seq ON outbox (seq);

-- In the commit that stores a statement, however it came: none is missed, and none is forwarded that is not stored.
CREATE FUNCTION to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (target, seq) SELECT name, NEW.seq FROM targets;
  RETURN NULL;
END
$$;
CREATE TRIGGER statements_outbox AFTER INSERT ON statements FOR EACH ROW EXECUTE FUNCTION to_outbox();

-- Whom the store has forgotten, without saying who: HMACs of the terms their statements and documents are found by.
CREATE TABLE forgotten (
  by_statement bytea PRIMARY KEY,
  by_document bytea NOT NULL,
  secret bytea NOT NULL,
  forgotten bigint NOT NULL,
  statements bigint NOT NULL,
  documents bigint NOT NULL,
  attachments bigint NOT NULL
);

-- Exports and backups that were made: whoever is forgotten later is still in them.
CREATE TABLE copies (
  path text PRIMARY KEY,
  kind text NOT NULL,
  made bigint NOT NULL
);
