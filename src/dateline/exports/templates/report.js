// A filter, keys, and marks taken up again. The page says all it has to say without this.
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const box = document.getElementById("find");
  const found = document.getElementById("found");
  const items = all(".event, .statement, .report");
  const groups = all(".speaker");
  const years = all(".year");
  const texts = new Map();
  const text = (item) => {
    if (!texts.has(item)) {
      const speaker = item.closest(".speaker");
      const name = speaker ? speaker.querySelector("h3").textContent : "";
      const names = Array.from(item.querySelectorAll("abbr"), (abbr) => abbr.title).join(" ");
      texts.set(item, `${name} ${names} ${item.textContent}`.toLowerCase());
    }
    return texts.get(item);
  };

  function filter() {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = { event: 0, statement: 0, report: 0 };
    for (const item of items) {
      const shown = words.every((word) => text(item).includes(word));
      item.hidden = !shown;
      if (shown) counts[item.classList[0]] += 1;
    }
    for (const group of groups) {
      const left = group.querySelectorAll(".statement:not([hidden])").length;
      group.hidden = left === 0;
      const folded = group.querySelector("details");
      if (folded && words.length) folded.open = true;
    }
    for (const year of years) {
      let next = year.nextElementSibling;
      while (next && next.classList.contains("event") && next.hidden) next = next.nextElementSibling;
      year.hidden = !(next && next.classList.contains("event"));
    }
    for (const mark of all(".lanes .mark")) {
      const event = document.getElementById(mark.getAttribute("href").slice(1));
      mark.classList.toggle("off", Boolean(event && event.hidden));
    }
    const say = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
    found.textContent = words.length
      ? `${say(counts.event, "event")}, ${say(counts.statement, "statement")}, ${say(counts.report, "report")}`
      : "";
  }

  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const address = box.value ? `#find=${encodeURIComponent(box.value)}` : "#events";
      try { history.replaceState(null, "", address); } catch { /* some viewers forbid it */ }
      filter();
    }, 120);
  });
  box.form.addEventListener("submit", (event) => event.preventDefault());

  // An actor's name beside its lane filters by that name.
  for (const name of all(".lanes .name bdi")) {
    const link = document.createElement("a");
    link.href = `#find=${encodeURIComponent(name.textContent)}`;
    link.title = "Only what names this actor";
    name.replaceWith(link);
    link.append(name);
  }

  // The address says what is filtered, and where a mark is taken up again after a break.
  function arrive() {
    let hash = location.hash.slice(1);
    try { hash = decodeURIComponent(hash); } catch { /* a stray per cent sign */ }
    if (hash.startsWith("find=") || (hash === "" && box.value)) {
      box.value = hash.slice(5);
      filter();
    }
    for (const mark of all("mark.on")) mark.classList.remove("on");
    const target = hash && document.getElementById(hash);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const hidden = target.closest("[hidden]");
    if (hidden) {
      box.value = "";
      filter();
      target.scrollIntoView();
    }
    for (const mark of all("mark[data-of]")) mark.classList.toggle("on", mark.dataset.of === hash);
  }
  addEventListener("hashchange", arrive);
  arrive();

  // Pointing at a line in the margin shows its words.
  document.addEventListener("mouseover", (event) => {
    for (const mark of all("mark.near")) mark.classList.remove("near");
    const line = event.target.closest && event.target.closest("[data-at]");
    if (!line) return;
    const at = line.dataset.at;
    for (const mark of line.closest(".row").querySelectorAll("mark"))
      if (mark.id === at || mark.dataset.of === at) mark.classList.add("near");
  });

  const events = () => all(".event").filter((event) => !event.hidden);
  function current(list) {
    const line = document.querySelector(".tools").getBoundingClientRect().bottom + 24;
    const focused = list.indexOf(document.activeElement.closest(".event"));
    return focused >= 0 ? focused : list.findLastIndex((event) => event.getBoundingClientRect().top < line);
  }
  function step(by) {
    const list = events();
    const next = list[Math.min(Math.max(current(list) + by, 0), list.length - 1)];
    if (!next) return;
    next.scrollIntoView({ block: "start" });
    next.focus({ preventScroll: true });
    try { history.replaceState(null, "", `#${next.id}`); } catch { /* as above */ }
  }
  function follow(selector) {
    const list = events();
    const here = list[Math.max(current(list), 0)];
    const link = here && here.querySelector(selector);
    if (link) location.hash = link.getAttribute("href");
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === box) {
      if (event.key === "Escape") { box.value = ""; filter(); box.blur(); }
      return;
    }
    const keys = {
      "/": () => { box.focus(); box.select(); },
      j: () => step(1),
      k: () => step(-1),
      e: () => follow(".telling blockquote a"),
      o: () => follow(".telling .source a"),
      "?": () => { location.hash = "reading"; },
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  // What is folded is printed too.
  addEventListener("beforeprint", () => {
    for (const fold of all("details:not([open])")) { fold.open = true; fold.dataset.printed = ""; }
  });
  addEventListener("afterprint", () => {
    for (const fold of all("details[data-printed]")) { fold.open = false; delete fold.dataset.printed; }
  });
});
