// Comfort, not need: copy buttons, a tray that changes without a new page, a print button.
// Every page works without it. Nothing is sent anywhere but to this site's own tray.
"use strict";

const words = document.body.dataset;
const SHOWN_MILLISECONDS = 4000;
const told = document.querySelector("[data-said]");

function say(text) {
  told.textContent = "";
  window.setTimeout(() => { told.textContent = text; }, 50);
}

// What is copied: the words alone, and with its italics and links for Word and Google Docs.
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

// A button that copies; it says so itself for a while, to those who look and to those who listen.
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

// A result to be pasted: its title, its words, what came of it, its source, the address of the
// original and the permanent link of this record, a line each.
function result(card, quote) {
  const title = card.querySelector("h2 a, h3 a");
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

// The clipboard is given to secure pages alone; elsewhere the words can be selected.
if (window.isSecureContext && navigator.clipboard) {
  for (const element of document.querySelectorAll("[data-copy]")) {
    const label = document.querySelector(`label[for="${element.id}"]`);
    const about = element.dataset.copy || (label && label.textContent) || "";
    element.nextElementSibling.append(copyButton(about, () => copy(element)));
  }
  for (const card of document.querySelectorAll(".card")) {
    const quote = card.querySelector("[data-quote]");
    const place = card.querySelector(".actions .copy-place");
    if (quote && place) {
      const title = card.querySelector("h2, h3") || quote;
      const about = title.textContent.trim().slice(0, 60);
      place.append(copyButton(about, () => navigator.clipboard.writeText(result(card, quote))));
    }
  }
}

for (const place of document.querySelectorAll("[data-print]")) {
  place.append(button(words.printWord, "", () => window.print()));
}

// The tray changes where the reader is; the page that comes back says how it looks now.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.classList.contains("tray-form") || event.submitter === null) {
    return;
  }
  event.preventDefault();
  try {
    // The field named "action" hides the form's property of that name.
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const id = form.elements.id.value;
    const fresh = Array.from(page.querySelectorAll("form.tray-form"))
      .find((one) => one.elements.id.value === id);
    const count = page.querySelector("[data-tray-count]");
    if (!answer.ok || !fresh || !count) {
      location.assign(answer.url);
      return;
    }
    form.replaceWith(fresh);
    fresh.querySelector("button").focus();
    const shown = document.querySelector("[data-tray-count]");
    shown.textContent = count.textContent;
    say(shown.parentElement.textContent.trim());
  } catch {
    form.submit();
  }
});
