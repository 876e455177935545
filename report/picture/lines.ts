import type { Content } from "../html/markup";
import { markup } from "../html/markup";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An end of a line: where it leaves or enters, and the gutter that it runs in. */
export interface Port extends Point {
  readonly gutter: number;
}

/** Gutters nearer than this are one: the space between two columns. */
const ONE_GUTTER = 60;

/** The way of a line between two ports: along gutters, and through the corridor where they differ. */
export function route(from: Port, to: Port, corridor: number): Point[] {
  if (Math.abs(from.gutter - to.gutter) < ONE_GUTTER) {
    return [from, { x: to.gutter, y: from.y }, { x: to.gutter, y: to.y }, to];
  }
  return [
    from,
    { x: from.gutter, y: from.y },
    { x: from.gutter, y: corridor },
    { x: to.gutter, y: corridor },
    { x: to.gutter, y: to.y },
    to,
  ];
}

export function polyline(points: readonly Point[], className: string): Content {
  return markup`<polyline class="${className}" points="${pointsText(points)}" />`;
}

/** The head of an arrow that ends at a point, coming from the one before. */
export function arrowHead(points: readonly Point[], className: string): Content {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return undefined;
  const back = end.x >= before.x ? -7 : 7;
  const corners = [end, { x: end.x + back, y: end.y - 4.5 }, { x: end.x + back, y: end.y + 4.5 }];
  return markup`<polygon class="${className}" points="${pointsText(corners)}" />`;
}

/** A cross where a line is stopped. */
export function cross({ x, y }: Point, className: string): Content {
  const corner = (dx: number, dy: number): string => `${tidy(x + dx)} ${tidy(y + dy)}`;
  return markup`<path
    class="${className}"
    d="M${corner(-5, -5)} L${corner(5, 5)} M${corner(-5, 5)} L${corner(5, -5)}"
  />`;
}

export function pointsText(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${tidy(x)},${tidy(y)}`).join(" ");
}

/** Coordinates of a hundredth are as fine as anybody sees. */
export function tidy(value: number): number {
  return Math.round(value * 100) / 100;
}
