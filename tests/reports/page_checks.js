// What any reader may expect of a page; returns its faults as plain lines. Run inside the page.
() => {
  const faults = [];
  const say = (fault, element) => faults.push(`${fault}: ${(element?.outerHTML ?? "").slice(0, 120)}`);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility?.({ contentVisibilityAuto: true, visibilityProperty: true });

  // Language, title, landmarks, one h1, no heading level left out.
  if (document.documentElement.lang !== "en") faults.push("no lang on <html>");
  if (document.title.length < 8) faults.push("no title");
  for (const landmark of ["header", "main", "footer"]) {
    if (all(`body > ${landmark}`).length !== 1) faults.push(`not exactly one ${landmark}`);
  }
  for (const nav of all("nav, [role=region]")) if (!nav.getAttribute("aria-label")) say("landmark without a name", nav);
  if (all("h1").length !== 1) faults.push("not exactly one h1");
  let level = 1;
  for (const heading of all("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) say("heading level left out", heading);
    level = next;
  }

  // Names of links, buttons, fields, pictures; labels point somewhere.
  for (const control of all("a, button, summary")) {
    const name = control.getAttribute("aria-label") ?? control.textContent.trim() + (control.querySelector("img")?.alt ?? "");
    if (!name) say("control without a name", control);
  }
  for (const field of all("input")) if (!field.labels.length) say("field without a label", field);
  for (const image of all("img")) if (!image.hasAttribute("alt")) say("picture without alt", image);
  for (const drawing of all("svg")) {
    const named = drawing.getAttribute("aria-hidden") === "true" || drawing.querySelector("title");
    if (!named) say("drawing without a title", drawing);
  }
  for (const element of all("[aria-labelledby]")) {
    for (const id of element.getAttribute("aria-labelledby").split(" ")) {
      if (!document.getElementById(id)?.textContent.trim()) say(`label ${id} is missing`, element);
    }
  }

  // Tables: caption, scope; scrolling regions can be reached by keyboard.
  for (const table of all("table")) {
    if (!table.caption?.textContent.trim()) say("table without a caption", table);
    for (const head of table.querySelectorAll("th")) if (!head.scope) say("th without scope", head);
    const widths = [...table.rows].map((row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0));
    if (new Set(widths).size > 1) say(`rows of ${[...new Set(widths)]} columns`, table);
  }
  for (const element of all("main *")) {
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX + getComputedStyle(element).overflowY);
    if (scrolls && element.tabIndex < 0) say("scrolls, but no keyboard reaches it", element);
  }
  for (const link of all("a[href^=http]")) if (!/noopener/.test(link.rel) || !/noreferrer/.test(link.rel)) say("link without rel", link);

  // Serbian text says that it is Serbian, and in which script.
  const cyrillic = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (cyrillic.nextNode()) {
    const holder = cyrillic.currentNode.parentElement;
    const isName = holder.closest("a[href*='outlet/'], nav, dl, .who, .name, title, desc, strong, caption, svg, h1:not([lang])");
    if (/[а-ш]{3}/i.test(cyrillic.currentNode.data) && !holder.closest("[lang|=sr]") && !isName && shown(holder)) {
      if (!holder.closest(".certainty, .note")) say("Cyrillic text without lang", holder);
    }
  }

  // Contrast of every visible text: 4.5 to 1, large text 3 to 1 (WCAG 2.1, 1.4.3).
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = (top, ground) => top.slice(0, 3).map((part, i) => (part * top[3] + ground[i] * (255 - top[3])) / 255);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (texts.nextNode()) {
    const holder = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || seen.has(holder) || !shown(holder) || holder.closest(".unseen, title, desc")) continue;
    seen.add(holder);
    const style = getComputedStyle(holder);
    const below = ground(holder);
    const ink = over(rgba(holder.closest("svg") ? style.fill : style.color), below);
    const [high, low] = [light(ink), light(below)].sort((one, other) => other - one);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, holder);
  }
  return faults;
}
