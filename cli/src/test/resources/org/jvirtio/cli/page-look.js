// What a test asks of a page in a browser. Evaluated there; the page itself has no script.
({
  /** Every element that Tab should come to, in order. */
  stops() {
    return [...document.querySelectorAll("a[href], summary, [tabindex='0']")]
      .filter(e => e.checkVisibility());
  },

  /** Where the focus is: its place among the stops, and whether its detail can be read. */
  focus() {
    const e = document.activeElement;
    const detail = e.querySelector(":scope > .detail");
    const box = (detail ?? e).getBoundingClientRect();
    return {
      stop: this.stops().indexOf(e),
      name: e.tagName + " " + e.textContent.slice(0, 60),
      hasDetail: detail !== null,
      seen: (detail ?? e).checkVisibility() && box.width > 0 && box.height > 0
        && (detail ? box.top >= 0 && box.bottom <= innerHeight
          : box.bottom > 0 && box.top < innerHeight),
    };
  },

  /** Pixels that the page is wider than the window, which is without its scroll bar. */
  overhang() {
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  },

  /** The middle of an element, in the window. */
  pointAt(selector) {
    const e = document.querySelector(selector);
    e.scrollIntoView({block: "center"});
    const box = e.getBoundingClientRect();
    return {x: box.left + box.width / 2, y: box.top + box.height / 2};
  },

  /** The text of those that can be seen. */
  shown(selector) {
    return [...document.querySelectorAll(selector)].filter(e => e.checkVisibility())
      .map(e => e.innerText).join("\n");
  },

  /** What only a pointer shows. */
  pointerOnly() {
    return [
      ...document.querySelectorAll("[title], svg title"),
      ...[...document.querySelectorAll(".detail")].filter(e => e.parentElement.tabIndex !== 0),
    ].map(e => e.outerHTML.slice(0, 200));
  },

  /** Text whose contrast with what is behind it is below 4.5 (WCAG 2.2, 1.4.3). */
  faint(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const bad = [];
    let count = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.data.trim() || !e.checkVisibility()) continue;
      e.scrollIntoView({block: "center", inline: "center"});
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getClientRects()[0];
      if (!box || box.width === 0) continue;
      const style = getComputedStyle(e);
      const text = this.rgb(e instanceof SVGElement ? style.fill : style.color);
      const behind = this.behind(e, box.left + box.width / 2, box.top + box.height / 2);
      const contrast = this.contrast(text, behind);
      count++;
      if (contrast < 4.5) {
        bad.push(contrast.toFixed(2) + " " + text + " on " + behind + ": " + node.data.slice(0, 60)
          + " in " + e.outerHTML.slice(0, 80));
      }
    }
    return {count, bad};
  },

  behind(e, x, y) {
    const stack = document.elementsFromPoint(x, y);
    for (const below of stack.slice(Math.max(0, stack.indexOf(e)))) {
      const style = getComputedStyle(below);
      const shape = below instanceof SVGGeometryElement;
      const colour = this.rgb(shape ? style.fill : style.backgroundColor);
      if (colour && !(below === e && shape)) return colour;
    }
    return this.rgb(getComputedStyle(document.body).backgroundColor);
  },

  /** Null for what can be seen through. */
  rgb(words) {
    const parts = /^rgba?\(([^)]*)\)/.exec(words)?.[1].split(",").map(Number);
    return parts && (parts[3] ?? 1) > 0.5 ? parts.slice(0, 3) : null;
  },

  contrast(one, other) {
    const [light, dark] = [this.luminance(one), this.luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  },

  luminance(rgb) {
    const [r, g, b] = rgb.map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  },
})
