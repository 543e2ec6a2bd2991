"""Regular expressions for list markers: bullets and numbers."""

# Bullets, check marks and arrows that occur only at the start of list items, for use inside [...].
BULLETS = "•‣◦∙·●○◉◘⁃▪▫■□◆◇❖❑►▶▸➢➤➔→✓✔✗✘☐☑★⚫⦁"
# A number or letter with a period or parenthesis: `1.`, `(a)`, `4.2)`, `iv.`.
PRINTED_NUMBER = r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxlIVXL]{2,6})[.)]"
