"""What a catalogue declares, as the planner looks it up: words, verbs, examples, fields."""
