-- Keys without a secret, which may only append statements about one course.
CREATE TABLE publishable (
  key TEXT PRIMARY KEY,
  course TEXT NOT NULL
);
