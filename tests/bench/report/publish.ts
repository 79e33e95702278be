import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.ts';
import { machineKey } from './machine.ts';
import { withBlock } from './page.ts';
import type { Results } from './results.ts';
import { chartPath, sectionsOf } from './sections.ts';

const docs = (path: string) => fileURLToPath(new URL(`../../../docs/${path}`, import.meta.url));

/** Puts the figures into docs/performance.md, in place of what the same machine said before. */
export function publish(results: Results): void {
  const file = docs('performance.md');
  const machine = machineKey(results.machine);
  const page = Object.entries(sectionsOf(results)).reduce(
    (text, [place, section]) => withBlock(text, { place, machine, text: section }),
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, page);
  if (Object.keys(results.workloads).length > 0) {
    writeFileSync(docs(chartPath(results.machine)), chart(results));
  }
}
