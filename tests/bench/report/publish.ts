import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.ts';
import type { Machine } from './machine.ts';
import type { Results } from './results.ts';
import { asMarkdown, costTable, splitTable } from './table.ts';

const docs = (path: string) => fileURLToPath(new URL(`../../../docs/${path}`, import.meta.url));

/** Replaces what stands between the markers in docs/performance.md: what was measured, no more. */
export function publish(results: Results): void {
  const file = docs('performance.md');
  const text = Object.entries(sectionsOf(results)).reduce(
    (document, [name, section]) => (section ? replaced(document, name, section) : document),
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, text);
  if (Object.keys(results.workloads).length > 0) {
    writeFileSync(docs('performance/chart.svg'), chart(results));
  }
}

function sectionsOf(results: Results): Record<string, string | undefined> {
  const { workloads, memoryPeakMb = {}, storm, startup, routes, soak } = results;
  const when = `${results.date}, ${machineText(results.machine)}.`;
  return {
    table:
      Object.keys(workloads).length > 0
        ? `${when}\n\n${asMarkdown(costTable(results))}

${asMarkdown(splitTable(results))}\n\nMemory at its peak during all of this, in MB: ${listed(memoryPeakMb)}.`
        : undefined,
    storm:
      storm &&
      `${when}\n\n${storm.loginsPerSecond} sign-ins per second, ${storm.shareOfBare} of the ${storm.bareHashesPerSecond} that Argon2id alone reaches here. W1's p99 is ${storm.quietP99Ms} ms when it is quiet and ${storm.stormP99Ms} ms beside the storm: ${storm.p99Growth} times.`,
    startup:
      startup &&
      `${when}\n\nProduction: ${startup.productionMs} ms. Embedded: ${startup.embeddedMs} ms, and ${startup.embeddedFirstMs} ms the first time, when PostgreSQL's data is made.`,
    routes: routes && `${when}\n\n${routesTable(routes)}`,
    soak:
      soak &&
      `${when}\n\n${soak.requests.toLocaleString('en')} requests: ${soak.peakMb} MB at the peak, ${soak.secondQuarterMb} MB in the second quarter, ${soak.lastQuarterMb} MB in the last. ${soak.isFlat ? 'Flat.' : '**Not flat.**'}`,
  };
}

function machineText(machine: Machine): string {
  const { cpu, cores, memoryGb, system, node, postgresql, isEmbeddedDatabase, isPinned } = machine;
  const database = `PostgreSQL ${postgresql}${isEmbeddedDatabase ? ' (embedded)' : ''}`;
  const pinning = isPinned ? 'the server alone on one core' : 'no core of its own for the server';
  return `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, ${database}, ${pinning}; CPU time from ${machine.cpuTime}`;
}

function routesTable(routes: Record<string, Record<string, number>>): string {
  const columns = Object.keys(Object.values(routes)[0] ?? {});
  const rows = Object.entries(routes).map(
    ([name, cells]) => `| ${name} | ${columns.map((column) => cells[column]).join(' | ')} |`,
  );
  return [
    `| CPU µs per request, by endpoints | ${columns.join(' | ')} |`,
    `| --- | ${columns.map(() => '---:').join(' | ')} |`,
    ...rows,
  ].join('\n');
}

function listed(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function replaced(document: string, name: string, section: string): string {
  const [start, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for ${name}`);
  return `${document.slice(0, from + start.length)}\n\n${section}\n\n${document.slice(to)}`;
}
