"""Tokens, code pages and ignored groups of RTF."""

import re

TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z])|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)

# Code pages by a font's character set number, and by a control word in the file header.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
HEADS = {b"ansi": "cp1252", b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
PAGES = {65001: "utf-8", 10000: "mac_roman", 708: "iso8859_6", 0: "cp1252"}

# Groups without text: pictures, objects, data of Word, comments.
SKIPPED = {
    b"pict", b"nonshppict", b"objdata", b"themedata", b"colorschememapping", b"datastore",
    b"latentstyles", b"blipuid", b"rsidtbl", b"xmlnstbl", b"listpicture", b"annotation",
    b"atnid", b"atnauthor", b"atndate", b"atnref", b"atnparent", b"atnicn",
}  # fmt: skip
STARRED = {b"footnote"}  # some programs write \* before it, and pandoc then ignores it
MARKERS = {b"listtext", b"pntext"}  # the printed number or bullet of an item
NUMBER = re.compile(r"(?=.*\d).*|(?=.*[^\W\d_])(?=.*[.):(-]).*", re.DOTALL)  # "1", "a)", "iv."
SYMBOLS = range(0xF020, 0xF100)  # bullets and arrows of symbol fonts
ESCAPED = str.maketrans({"\\": "\\\\", "{": "\\{", "}": "\\}", "\r": None, "\n": None})
IN_TEXT = b"\\{}"  # symbols that represent themselves
