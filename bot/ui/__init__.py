"""How replies look: Discord components, Markdown and plain text, and the controls under an answer."""
