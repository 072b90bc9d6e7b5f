"""Who people are: the learners on a programme's roster, and its staff; kept apart from what anybody did."""
