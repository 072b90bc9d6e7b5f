-- name: make
-- How many scores fell into each quarter of the scale, by month: no row is about a person.
CREATE TABLE IF NOT EXISTS self_checks (
  month TEXT NOT NULL,
  domain TEXT NOT NULL,
  band INTEGER NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (month, domain, band)
);

-- name: add
INSERT INTO self_checks (month, domain, band, number) VALUES (:month, :domain, :band, 1)
ON CONFLICT (month, domain, band) DO UPDATE SET number = self_checks.number + 1

-- name: counts
SELECT domain, band, CAST(SUM(number) AS BIGINT) FROM self_checks GROUP BY domain, band ORDER BY domain, band

-- name: months
SELECT month, domain, band, number FROM self_checks ORDER BY month, domain, band
