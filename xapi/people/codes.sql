-- name: drop_codes
DELETE FROM codes WHERE until <= :now OR account = :account

-- name: add_code
INSERT INTO codes (hash, account, until) VALUES (:hash, :account, :until)

-- name: code
SELECT account FROM codes WHERE hash = :hash AND until > :now

-- name: use_code
DELETE FROM codes WHERE hash = :hash

-- name: forget_codes
DELETE FROM codes WHERE account = :account

-- name: drop_guesses
DELETE FROM guesses WHERE at <= :before

-- name: guesses
SELECT count(*) FROM guesses

-- name: note_guess
INSERT INTO guesses (at) VALUES (:at)
