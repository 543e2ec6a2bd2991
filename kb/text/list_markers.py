"""Regular expressions for list markers: bullets and numbers."""

# Bullets, ticks and arrows that only begin list items. Use them inside [...].
BULLETS = "•‣◦∙·●○◉◘⁃▪▫■□◆◇❖❑►▶▸➢➤➔→✓✔✗✘☐☑★⚫⦁"
# A number with a full stop or a bracket: `1.`, `(a)`, `4.2)`, `iv.`.
PRINTED_NUMBER = r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxlIVXL]{2,6})[.)]"
