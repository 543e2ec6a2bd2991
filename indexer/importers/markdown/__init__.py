"""What Markdown files hold beside Markdown: front matter, footnotes, HTML."""
