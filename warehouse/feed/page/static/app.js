// What the pages do beyond their links and forms, which work without it: theme, filters without reload, the panel of
// evidence, keys, and charts.

import { drawCharts } from "./charts.js";

document.documentElement.classList.add("js");
const content = () => document.getElementById("content");
const announced = document.getElementById("announced");
const failed = document.getElementById("failed");

// --- theme ---

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-theme-switch]");
  if (!link || opensElsewhere(event)) return;
  event.preventDefault();
  const theme = link.dataset.themeSwitch;
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; max-age=31536000; path=/; samesite=lax`;
  setTimeout(drawCharts); // after the new colours have been painted
  document.querySelector(`[data-theme-switch="${theme === "dark" ? "light" : "dark"}"]`).focus();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawCharts());

// --- filters and pages of lists without reload ---

let underway = new AbortController();

function addressOf(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => String(value).trim() !== "");
  const query = new URLSearchParams(pairs).toString();
  return form.action.split("?")[0] + (query ? `?${query}` : "");
}

async function fetched(address) {
  underway.abort();
  underway = new AbortController();
  const response = await fetch(address, { headers: { Accept: "text/html" }, signal: underway.signal });
  const html = await response.text();
  return new DOMParser().parseFromString(html, "text/html");
}

async function show(address, { push = true, forms = true } = {}) {
  content().setAttribute("aria-busy", "true");
  failed.hidden = true;
  let page;
  try {
    page = await fetched(address);
  } catch (error) {
    if (error.name === "AbortError") return;
    content().removeAttribute("aria-busy");
    failed.hidden = false;
    return;
  }
  content().replaceWith(document.adoptNode(page.getElementById("content")));
  for (const selector of [".top nav", ".settings", ...(forms ? [".filters", ".search"] : [])]) {
    const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (!old || !fresh) continue;
    if (old.open) fresh.open = true;
    old.replaceWith(document.adoptNode(fresh));
  }
  if (!forms) tidy(page);
  document.title = page.title;
  if (push) history.pushState({}, "", address);
  announced.textContent = content().querySelector("[data-total]")?.textContent ?? document.title;
  drawCharts();
}

// While somebody types in a form it stays as it is, but for how many filters are in use.
function tidy(page) {
  const [old, fresh] = [document.querySelector(".filters summary"), page.querySelector(".filters summary")];
  if (old && fresh) old.replaceChildren(...fresh.childNodes);
  const clear = document.querySelector("#filters [data-clear]");
  const wanted = page.querySelector("#filters [data-clear]");
  if (clear && !wanted) clear.remove();
  if (!clear && wanted) document.getElementById("filters").append(document.adoptNode(wanted));
}

let waiting = 0;
function changed(event, delay) {
  const form = event.target.form;
  if (!form?.matches("[data-live]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => show(addressOf(form), { forms: false }), delay);
}
// Fields of words answer while they are typed in; all others once they have a value.
const isTyped = (field) => field.type === "search" || field.name === "place";
document.addEventListener("change", (event) => {
  if (!isTyped(event.target)) changed(event, 0);
});
document.addEventListener("input", (event) => {
  if (isTyped(event.target)) changed(event, 300);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-live]")) return;
  event.preventDefault();
  clearTimeout(waiting);
  show(addressOf(event.target), { forms: false });
});

function opensElsewhere(event) {
  return event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-swap] a, a[data-clear]");
  if (!link || opensElsewhere(event)) return;
  event.preventDefault();
  clearTimeout(waiting);
  const kept = scrollY;
  show(link.href).then(() => {
    if (link.closest(".pager")) {
      content().focus({ preventScroll: true });
      scrollTo(0, 0);
    } else scrollTo(0, kept);
  });
});

// --- evidence ---

const panel = document.getElementById("panel");
const panelContent = document.getElementById("panel-content");
let opener = null;

async function openPanel(address) {
  panelContent.replaceChildren(Object.assign(document.createElement("p"), { className: "nothing", textContent: panelContent.dataset.loading }));
  document.getElementById("panel-page").href = address;
  if (!panel.open) panel.showModal();
  try {
    const page = await fetched(address);
    const found = document.adoptNode(page.getElementById("content"));
    for (const each of found.querySelectorAll("[id]")) each.id = `panel-${each.id}`;
    for (const each of found.querySelectorAll("[aria-labelledby]")) each.setAttribute("aria-labelledby", `panel-${each.getAttribute("aria-labelledby")}`);
    panelContent.replaceChildren(...found.childNodes);
    panel.scrollTop = 0;
    panelContent.focus({ preventScroll: true });
  } catch (error) {
    if (error.name !== "AbortError") panelContent.firstElementChild.textContent = panelContent.dataset.failed;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-evidence]");
  if (!link || opensElsewhere(event)) return;
  event.preventDefault();
  if (!panel.open) opener = link;
  const here = new URL(location.href);
  here.searchParams.set("open", new URL(link.href).pathname);
  history.pushState({ panel: true }, "", here);
  openPanel(link.href);
});

// The panel closes by going back, so that the address tells what is to be seen.
function leavePanel() {
  if (history.state?.panel) history.back();
  else {
    const here = new URL(location.href);
    here.searchParams.delete("open");
    history.replaceState({}, "", here);
    closePanel();
  }
}
function closePanel() {
  if (panel.open) panel.close();
  // After the browser has gone to the part of the page that the address may name.
  const back = opener;
  opener = null;
  if (back?.isConnected) requestAnimationFrame(() => back.focus());
}
document.getElementById("panel-close").addEventListener("click", leavePanel);
panel.addEventListener("cancel", (event) => {
  event.preventDefault();
  leavePanel();
});
panel.addEventListener("click", (event) => {
  if (event.target === panel) leavePanel();
});

function followAddress() {
  const asked = new URL(location.href).searchParams.get("open");
  if (asked && /^\/facts\/[^/]+$/.test(asked)) openPanel(asked);
  else closePanel();
}
let shown = withoutPanel(location.href);
function withoutPanel(href) {
  const address = new URL(href);
  address.searchParams.delete("open");
  address.hash = "";
  return address.href;
}
addEventListener("popstate", async () => {
  if (withoutPanel(location.href) !== shown) {
    shown = withoutPanel(location.href);
    await show(location.href, { push: false });
  }
  followAddress();
});
const push = history.pushState.bind(history);
history.pushState = (...given) => {
  push(...given);
  shown = withoutPanel(location.href);
};

// --- keys ---

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key === "/" && !typing && !panel.open && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("text").focus();
    document.getElementById("text").select();
  }
});

// On a wide screen there is room for the filters.
if (matchMedia("(min-width: 60rem)").matches) document.querySelector(".filters")?.setAttribute("open", "");
drawCharts();
followAddress();
