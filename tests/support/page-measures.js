// Runs inside a page, not in Node: tests/support/page-measures.ts hands its text to the browser. Plain
// JavaScript, because what the compiler adds to functions does not exist there.
({
  /** Whether the page is wider than its window, and what reaches over the edge without a bar of its own. */
  overflow() {
    const most = document.documentElement.clientWidth;
    const scrolls = (element) =>
      element !== null &&
      (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const over = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > most + 1 && !scrolls(element),
    );
    return {
      sideways: document.documentElement.scrollWidth > most,
      over: over.map(({ tagName }) => tagName),
    };
  },

  /** Opens every fold; how high the page is then. */
  unfold() {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    return document.documentElement.scrollHeight;
  },

  headingLevels() {
    return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(({ tagName }) =>
      Number(tagName.slice(1)),
    );
  },

  /** Links and uses that lead nowhere, and ids that stand twice. */
  lost() {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const links = [...document.querySelectorAll("a, use")].map((link) => link.getAttribute("href"));
    return {
      links: links.filter((link) => !ids.includes(link.slice(1))),
      twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    };
  },

  ground() {
    return getComputedStyle(document.body).backgroundColor;
  },

  /** How much smaller than drawn the visible picture is shown. */
  pictureScale() {
    const shown = [...document.querySelectorAll("svg.picture")].find(
      (picture) => picture.getClientRects().length > 0,
    );
    return shown.getBoundingClientRect().width / Number(shown.getAttribute("width"));
  },

  /** What has the focus, and whether it shows. */
  focus() {
    const at = document.activeElement;
    return {
      id: at.id,
      outline: getComputedStyle(at).outlineStyle,
      text: `${at.tagName} ${at.getAttribute("href") ?? ""} ${at === document.body ? "" : at.textContent}`,
    };
  },

  /** Puts in what an attacker would like to put in. */
  intrude() {
    const script = document.createElement("script");
    script.textContent = "document.title = 'run'";
    const picture = document.createElement("img");
    const settled = new Promise((resolve) => (picture.onload = picture.onerror = resolve));
    picture.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
    document.body.append(script, picture);
    return settled.then(() => document.title);
  },

  /**
   * Texts and lines whose contrast is below WCAG 2.2 AA (1.4.3 and 1.4.11), and how many were measured.
   * Formula: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
   */
  contrast() {
    const parse = (text) => {
      const parts = /^rgba?\((.+)\)$/
        .exec(text)?.[1]
        .split(/[ ,/]+/)
        .map(Number);
      return parts === undefined ? undefined : { rgb: parts.slice(0, 3), alpha: parts[3] ?? 1 };
    };
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratioOf = (one, other) => {
      const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05);
    };
    const solid = (text) => {
      const colour = parse(text);
      return colour !== undefined && colour.alpha === 1 ? colour.rgb : undefined;
    };
    const behind = (element) => {
      for (let at = element; at !== null; at = at.parentElement) {
        const ground = solid(getComputedStyle(at).backgroundColor);
        if (ground !== undefined) return ground;
      }
      return [255, 255, 255];
    };
    // What is filled under the middle of a part of a picture.
    const filledUnder = (element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      for (const shape of document.elementsFromPoint(left + width / 2, top + height / 2)) {
        const skip = shape === element || shape.closest("text, use, polyline, path") !== null;
        if (skip || !(shape instanceof SVGElement) || shape.tagName === "svg") continue;
        const fill = solid(getComputedStyle(shape).fill);
        if (fill !== undefined) return fill;
      }
      return behind(element.closest("svg"));
    };
    let measured = 0;
    const faint = [];
    const judge = (text, colour, ground, needed) => {
      const own = solid(colour);
      if (own === undefined) return;
      measured += 1;
      const ratio = ratioOf(own, ground);
      if (ratio < needed) faint.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)} of ${needed}`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent.trim();
      const element = node.parentElement;
      if (text === "" || element.getClientRects().length === 0) continue;
      if (element.closest("title, desc") !== null) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const drawn = element.closest("svg text") !== null;
      const [colour, ground] = drawn
        ? [style.fill, filledUnder(element)]
        : [style.color, behind(element)];
      judge(text, colour, ground, large ? 3 : 4.5);
    }
    const lines = "svg .admitted, svg .refuted-line, svg .stop, svg .refusal, svg .mark, svg.mark";
    for (const line of document.querySelectorAll(lines)) {
      if (line.getClientRects().length === 0) continue;
      const ground = line.tagName === "use" ? filledUnder(line) : behind(line.closest("svg"));
      judge(line.getAttribute("class"), getComputedStyle(line).stroke, ground, 3);
    }
    return { measured, faint };
  },
});
