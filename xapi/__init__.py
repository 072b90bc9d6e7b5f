"""What a learner did, as xAPI: the vocabulary, statements and how to send them."""
