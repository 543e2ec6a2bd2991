// The progress of a change to the shelves. Without this script, a link shows the page anew.
"use strict";

const FOLLOW_MILLISECONDS = 1000;
const OPENING_MILLISECONDS = 1500; // until the server has opened the new index

async function follow(shown) {
  try {
    const answer = await fetch(shown.dataset.progress);
    const state = answer.ok ? await answer.json() : { running: false };
    if (!state.running) {
      window.setTimeout(() => location.reload(), OPENING_MILLISECONDS);
      return;
    }
    shown.querySelector("[data-step]").textContent = state.step;
    if (state.percent !== null) {
      shown.querySelector("progress").value = state.percent;
    }
  } catch {
    return; // the server has stopped
  }
  window.setTimeout(follow, FOLLOW_MILLISECONDS, shown);
}

for (const shown of document.querySelectorAll("[data-progress]")) {
  window.setTimeout(follow, FOLLOW_MILLISECONDS, shown);
}
