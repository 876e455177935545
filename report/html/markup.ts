/** Text that is markup already. Only `markup` makes it, so nothing of a resource's can become markup. */
export class Markup {
  public constructor(public readonly text: string) {}
}

export type Content = Markup | string | number | undefined | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup from a template: whatever is put in is text, also inside the quotes of an attribute. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(
    strings
      .map((part, index) => (index === 0 ? part : contentText(values[index - 1]) + part))
      .join(""),
  );
}

function contentText(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "object") return content.map(contentText).join("");
  // HTML has no way to write most control characters, and those that turn text around could mislead.
  return String(content)
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD")
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Content only where there is some reason for it. */
export function when(condition: boolean, content: () => Content): Content {
  return condition ? content() : undefined;
}
