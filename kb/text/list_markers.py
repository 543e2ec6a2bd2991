"""Bullets and printed numbers that items of lists begin with, as parts of regular expressions."""

# Bullets, ticks and arrows that text fonts have; they begin nothing but items. For a set: [...].
BULLETS = "•‣◦∙·●○◉◘⁃▪▫■□◆◇❖❑►▶▸➢➤➔→✓✔✗✘☐☑★⚫⦁"
# `1.`, `(a)`, `4.2)`, `iv.`: a number with a full stop or a bracket.
PRINTED_NUMBER = r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxlIVXL]{2,6})[.)]"
