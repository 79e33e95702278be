import { capacityTable, costTable, splitTable } from './comparison.ts';
import { type Machine, machineKey } from './machine.ts';
import type { Results } from './results.ts';
import { scaleCaveat, scaleTable } from './scale.ts';
import { asMarkdown, type Table } from './table.ts';

/** What docs/performance.md says of a run, by the place where it says it: what was measured, no more. */
export function sectionsOf(results: Results): Record<string, string> {
  const parts: Record<string, string | undefined> = {
    ...comparisonOf(results),
    storm: stormOf(results),
    graphql: graphqlOf(results),
    startup: startupOf(results),
    routes: results.routes && asMarkdown(routesTable(results.routes)),
    soak: soakOf(results),
    scale: scaleSection(results),
  };
  const when = `${results.date}, ${machineText(results.machine)}.`;
  return Object.fromEntries(
    Object.entries(parts).flatMap(([place, text]) => (text ? [[place, `${when}\n\n${text}`]] : [])),
  );
}

function comparisonOf(results: Results): Record<string, string> {
  if (Object.keys(results.workloads).length === 0) return {};
  const { machine, memoryPeakMb = {} } = results;
  const memory = Object.entries(memoryPeakMb).map(([name, mb]) => `${name} ${mb}`);
  return {
    capacity: asMarkdown(capacityTable(results)),
    table: [
      asMarkdown(costTable(results)),
      asMarkdown(splitTable(results)),
      `Memory at its peak during all of this, in MB: ${memory.join(', ')}.`,
      `![Ratio per workload and candidate](${chartPath(machine)})`,
    ].join('\n\n'),
  };
}

/** Of the picture that belongs to the table, from docs. */
export function chartPath(machine: Machine): string {
  const name = machineKey(machine)
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-');
  return `performance/chart-${name}.svg`;
}

function stormOf({ storm }: Results): string | undefined {
  return (
    storm &&
    `${storm.loginsPerSecond} sign-ins per second, ${storm.shareOfBare} of the ${storm.bareHashesPerSecond} that Argon2id alone reaches here. W1's p99 is ${storm.quietP99Ms} ms when it is quiet and ${storm.stormP99Ms} ms beside the storm: ${storm.p99Growth} times.`
  );
}

function graphqlOf({ graphql }: Results): string | undefined {
  return (
    graphql &&
    `${graphql.charterUs} µs by Charter, ${graphql.bareUs} by the bare server: ${graphql.timesBare} times. Where Charter knows the caller, ${graphql.knownUs} µs: ${graphql.knownTimesBare} times.`
  );
}

function startupOf({ startup }: Results): string | undefined {
  return (
    startup &&
    `Production: ${startup.productionMs} ms. Embedded: ${startup.embeddedMs} ms, and ${startup.embeddedFirstMs} ms the first time, when PostgreSQL's data is made.`
  );
}

function soakOf({ soak }: Results): string | undefined {
  return (
    soak &&
    `${soak.requests.toLocaleString('en')} requests: ${soak.peakMb} MB at the peak, ${soak.secondQuarterMb} MB in the second quarter, ${soak.lastQuarterMb} MB in the last. ${soak.isFlat ? 'Flat.' : '**Not flat.**'}`
  );
}

function scaleSection({ scale, machine }: Results): string | undefined {
  return (
    scale &&
    `${asMarkdown(scaleTable(scale))}\n\n${scaleCaveat(scale, machine.cores, machine.isPinned)}`
  );
}

function machineText(machine: Machine): string {
  const { memoryGb, system, node, postgresql, isEmbeddedDatabase, isPinned } = machine;
  const database = `PostgreSQL ${postgresql}${isEmbeddedDatabase ? ' (embedded)' : ''}`;
  const pinning = isPinned ? 'the server alone on one core' : 'no core to itself for a server';
  return `${machineKey(machine)}, ${memoryGb} GB, ${system}, Node ${node}, ${database}, ${pinning}; CPU time from ${machine.cpuTime}`;
}

function routesTable(routes: Record<string, Record<string, number>>): Table {
  const columns = Object.keys(Object.values(routes)[0] ?? {});
  const lines = Object.entries(routes).map(([name, cells]) => [
    name,
    ...columns.map((column) => String(cells[column])),
  ]);
  return [['CPU µs per request, by endpoints', ...columns], ...lines];
}
