import { type Content, markup } from "./markup";

export interface Column {
  readonly name: string;
  readonly number?: boolean;
}

/** A cell; a string is text. */
export type Cell = Content;

/**
 * A table with a caption. On a narrow screen each row becomes a block and each cell names its column, in
 * place of a table that has to be pushed sideways; the roles say that it is still a table then.
 */
export function table(
  caption: Content,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  layout: "" | "fixed" = "",
): Content {
  return markup`<div class="table"><table role="table" class="folding ${layout}">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(({ name, number }) => markup`<th role="columnheader" scope="col"${numberClass(number)}>${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((cells) => row(cells, columns))}</tbody>
</table></div>
`;
}

function row(cells: readonly Cell[], columns: readonly Column[]): Content {
  return markup`<tr role="row">${cells.map((cell, index) => {
    const column = columns[index];
    return index === 0
      ? markup`<th role="rowheader" scope="row">${cell}</th>`
      : markup`<td role="cell" data-of="${column?.name}"${numberClass(column?.number)}>${cell}</td>`;
  })}</tr>
`;
}

function numberClass(number: boolean | undefined): Content {
  return number === true ? markup` class="number"` : undefined;
}
