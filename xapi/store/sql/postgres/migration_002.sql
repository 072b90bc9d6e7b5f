-- Keys without a secret, which may only append statements about one course.
CREATE TABLE publishable (
  key text PRIMARY KEY,
  course text NOT NULL
);
