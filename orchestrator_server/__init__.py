"""The orchestrator: turns what people say into checked plans over the intents of discovered servers."""
