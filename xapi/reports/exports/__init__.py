"""What an LMS says of learners who left no statements: its completion exports, matched with the roster."""
