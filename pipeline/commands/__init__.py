"""What `masterclass` can be told, a command a module. What a command runs is imported when it runs: its help needs none of it."""
