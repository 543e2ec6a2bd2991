// Optional conveniences: copy buttons, a print button, saving without loading a new page, and
// suggestions in the search box. Every page works without them. Requests go only to this site.
"use strict";

const words = document.body.dataset;
const SHOWN_MILLISECONDS = 4000;
const told = document.querySelector("[data-said]");

function say(text) {
  told.textContent = "";
  window.setTimeout(() => { told.textContent = text; }, 50);
}

// Return what to copy: plain text, and HTML with italics and links for Word and Google Docs.
function forms(element) {
  if ("value" in element) {
    return { plain: element.value, html: null };
  }
  const copy = element.cloneNode(true);
  copy.querySelectorAll("[data-copy-button], .visually-hidden").forEach((one) => one.remove());
  copy.querySelectorAll("a[href]").forEach((one) => { one.href = new URL(one.getAttribute("href"), location).href; });
  return { plain: copy.textContent.trim().replace(/\s+/g, " "), html: copy.innerHTML.trim() };
}

async function copy(element) {
  const { plain, html } = forms(element);
  if (html === null || typeof ClipboardItem === "undefined") {
    await navigator.clipboard.writeText(plain);
    return;
  }
  await navigator.clipboard.write([new ClipboardItem({
    "text/plain": new Blob([plain], { type: "text/plain" }),
    "text/html": new Blob([html], { type: "text/html" }),
  })]);
}

function button(word, about, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "small";
  made.dataset.copyButton = "";
  made.textContent = word;
  if (about) {
    made.setAttribute("aria-label", `${word}: ${about}`);
  }
  made.addEventListener("click", act);
  return made;
}

// Return a copy button that confirms for a few seconds, on screen and to screen readers.
function copyButton(about, act) {
  let back = 0;
  const made = button(words.copyWord, about, async () => {
    await act();
    say(words.copiedWord);
    made.textContent = words.copiedWord;
    window.clearTimeout(back);
    back = window.setTimeout(() => { made.textContent = words.copyWord; }, SHOWN_MILLISECONDS);
  });
  return made;
}

// Return a result as text to paste: its title, text, outcome, source, the address of the original
// and the permanent link of the record, one per line.
function result(card, quote) {
  const title = card.querySelector("h2 a, h3 a, h4 a");
  const source = card.querySelector(".source");
  const whole = document.querySelector("[data-source]");
  const outcome = card.querySelector(".outcome");
  const original = card.querySelector("a.open");
  const lines = [
    title && !title.contains(quote) ? title.textContent : "",
    quote.textContent,
    outcome ? outcome.textContent : "",
    source ? source.textContent : whole ? whole.dataset.source : "",
    original ? original.getAttribute("href") : "",
    card.querySelector("[data-permanent]").dataset.permanent,
  ];
  return lines.map((line) => line.trim().replace(/\s+/g, " ")).filter(Boolean).join("\n");
}

// Browsers allow access to the clipboard only on secure pages; on others, text can be selected.
if (window.isSecureContext && navigator.clipboard) {
  for (const element of document.querySelectorAll("[data-copy]")) {
    const label = document.querySelector(`label[for="${element.id}"]`);
    const about = element.dataset.copy || (label && label.textContent) || "";
    element.nextElementSibling.append(copyButton(about, () => copy(element)));
  }
  for (const card of document.querySelectorAll(".card, .item")) {
    const quote = card.querySelector("[data-quote]");
    const place = card.querySelector(".copy-place[data-permanent]");
    if (quote && place) {
      const title = card.querySelector("h2, h3, h4") || quote;
      const about = title.textContent.trim().slice(0, 60);
      place.append(copyButton(about, () => navigator.clipboard.writeText(result(card, quote))));
    }
  }
}

for (const place of document.querySelectorAll("[data-print]")) {
  place.append(button(words.printWord, "", () => window.print()));
}

// Save or remove without leaving the page; the response is a page with the new button and count.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.classList.contains("save-form") || event.submitter === null) {
    return;
  }
  event.preventDefault();
  try {
    // The field named "action" hides the form's property of that name.
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const id = form.elements.id.value;
    const fresh = Array.from(page.querySelectorAll("form.save-form"))
      .find((one) => one.elements.id.value === id);
    const count = page.querySelector("[data-saved-count]");
    if (!answer.ok || !fresh || !count) {
      location.assign(answer.url);
      return;
    }
    form.replaceWith(fresh);
    fresh.querySelector("button").focus();
    const shown = document.querySelector("[data-saved-count]");
    shown.textContent = count.textContent;
    say(shown.parentElement.textContent.trim());
  } catch {
    form.submit();
  }
});

// Suggest queries while somebody types. The page of a private search has no list, so it sends
// nothing. The typed text is sent in the body of a POST request, so no URL or cache contains it.
const PAUSE_MILLISECONDS = 120;
const MOST_TYPED = 200; // characters that the server accepts

async function suggest(box, list, kind) {
  const typed = box.value;
  if (typed.length > MOST_TYPED) {
    return;
  }
  try {
    const answer = await fetch("/v1/suggest", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ q: typed, language: document.documentElement.lang, kind }),
    });
    const found = answer.ok ? await answer.json() : null;
    if (!found || box.value !== typed) {
      return;
    }
    list.replaceChildren(...found.items.map((one) => {
      const made = document.createElement("option");
      made.value = one.text;
      // Browsers show only options that contain the typed text, so the label repeats it.
      if (!one.text.toLowerCase().includes(typed.toLowerCase())) {
        made.label = `${one.text} (${typed})`;
      }
      if (one.language) {
        made.lang = one.language;
      }
      return made;
    }));
  } catch {
    // Without suggestions, the search box still works.
  }
}

for (const [name, kind] of [["suggestions", null], ["places", "place"]]) {
  const list = document.querySelector(`#${name}`);
  const box = list && list.closest("form").querySelector(kind ? "#place" : "[type=search]");
  if (!box) {
    continue;
  }
  let pause = 0;
  box.setAttribute("list", list.id); // set here because the list stays empty without the script
  box.addEventListener("input", () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(suggest, PAUSE_MILLISECONDS, box, list, kind);
  });
}
