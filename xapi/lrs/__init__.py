"""The learning record store: xAPI 1.0.3 and 2.0.0 over HTTP."""
