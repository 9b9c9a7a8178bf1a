// What every page has. A custom element's code is fetched only where the page has such an element.
import "stoa/forms";
import "stoa/keys";

const elements = {
  "stoa-outline": "stoa/outline",
  "stoa-grades": "stoa/grades",
  "stoa-editor": "stoa/editor",
  "stoa-player": "stoa/player",
  "stoa-filedrop": "stoa/filedrop",
  "stoa-embed": "stoa/embed",
  "stoa-filter": "stoa/filter",
  "stoa-live": "stoa/live",
  "stoa-draft": "stoa/draft",
  "stoa-marking": "stoa/marking",
};
for (const [name, module] of Object.entries(elements)) {
  if (document.querySelector(name)) import(module);
}
if (document.querySelector("[data-math]")) import("stoa/math");
if (document.querySelector(".prose, .table")) import("stoa/scroll");
if (document.querySelector("[hx-get], [hx-post], [hx-delete]")) import("htmx");

// The account menu and other <details class="who"> close when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open], details.menu-of[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.who[open], details.menu-of[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// On a narrow screen the tabs scroll sideways: the one that is shown is in sight.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

// The zone in which the reader lives, for those who are not signed in or have set none.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes("zone=")) {
  document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax`;
  // The very first page was made before the server could know it.
  for (const select of document.querySelectorAll("select[data-own-zone]")) {
    if ([...select.options].some((option) => option.value === zone)) select.value = zone;
  }
}
