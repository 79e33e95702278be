import type { Spot } from './change.ts';
import type { Comparison } from './comparison.ts';
import { canonical, objectIn } from './source.ts';

const words = ['title', 'summary', 'description', 'example', 'examples', 'externalDocs'];
/** What is compared by itself, where it means something. */
const known = ['x-may-grow', 'x-extensible-enum', 'x-max-bytes'];

/** Words and examples, told once for each operation or shared schema, and extensions of others. */
export function compareProse(
  { report }: Pick<Comparison, 'report'>,
  before: unknown,
  after: unknown,
  spot: Spot,
): void {
  const [from, to] = [objectIn(before), objectIn(after)];
  const isOther = (key: string) => canonical([from[key]]) !== canonical([to[key]]);
  if (words.some(isOther)) {
    report.add('prose-changed', { ...spot, at: spot.owner }, 'Words or examples.');
  }
  const extensions = new Set([...Object.keys(from), ...Object.keys(to)].filter(isExtension));
  for (const name of extensions) {
    if (!known.includes(name) && isOther(name)) {
      report.add('extension-changed', spot, `\`${name}\` changed.`);
    }
  }
}

function isExtension(key: string): boolean {
  return key.startsWith('x-');
}
