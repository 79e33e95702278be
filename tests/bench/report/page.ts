export interface Block {
  /** Kind of figures: `table`, `storm`, … */
  readonly place: string;
  readonly machine: string;
  readonly text: string;
}

/**
 * A page with this block in its place: between `<!-- bench:storm -->` and `<!-- /bench:storm -->`,
 * each machine's figures follow a `<!-- machine: … -->`. Only those of the same machine give way,
 * because figures of two machines are no comparison, and both are true.
 */
export function withBlock(page: string, { place, machine, text }: Block): string {
  const [start, end] = [`<!-- bench:${place} -->`, `<!-- /bench:${place} -->`];
  const from = page.indexOf(start) + start.length;
  const to = page.indexOf(end);
  if (from < start.length || to < from) throw new Error(`The page has no place for ${place}`);
  const blocks = new Map(blocksIn(page.slice(from, to))).set(machine, text);
  const written = [...blocks].map(([name, block]) => `<!-- machine: ${name} -->\n\n${block}\n\n`);
  return `${page.slice(0, from)}\n\n${written.join('')}${page.slice(to)}`;
}

function blocksIn(text: string): [machine: string, text: string][] {
  const [, ...parts] = text.split('<!-- machine: ');
  return parts.map((part) => {
    const [machine = '', ...block] = part.split(' -->');
    return [machine, block.join(' -->').trim()];
  });
}
