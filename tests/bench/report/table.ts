/** A head and lines, in cells: for a terminal and for a page alike. */
export type Table = readonly (readonly string[])[];

export function asText(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((line) => (line[column] ?? '').length)),
  );
  return table
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

/** Charter's own lines stand out. */
export function asMarkdown([head = [], ...lines]: Table): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const bold = (cells: readonly string[]) =>
    cells[0]?.startsWith('Charter') ? cells.map((cell) => `**${cell}**`) : cells;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [row(head), row(rule), ...lines.map((cells) => row(bold(cells)))].join('\n');
}
