"""Find demands in texts by rules: their words, their addressee and the action."""
