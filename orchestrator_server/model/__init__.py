"""A language model behind an OpenAI-compatible endpoint: the planner and the composer that ask it."""
