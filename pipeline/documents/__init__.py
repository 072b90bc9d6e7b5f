"""What belongs to a masterclass and to no learner's package: the pack of those who run a session, and the one-page brief."""
