import { writeFileSync } from 'node:fs';
import type { Options } from '../options.ts';
import { capacityTable, costTable, splitTable } from './comparison.ts';
import { publish } from './publish.ts';
import type { Results, Soak } from './results.ts';
import { scaleCaveat, scaleTable } from './scale.ts';
import { asText } from './table.ts';

/** To the terminal, to a file, and into the documentation, as asked. */
export function present(results: Results, options: Options): void {
  const { workloads, machine, memoryPeakMb, storm, graphql, startup, routes, soak, scale } =
    results;
  const parts = [
    ...(Object.keys(workloads).length > 0
      ? [asText(costTable(results)), asText(splitTable(results)), asText(capacityTable(results))]
      : []),
    memoryPeakMb && `Memory, peak MB: ${pairs(memoryPeakMb)}`,
    storm && `W8, login storm: ${pairs({ ...storm })}`,
    graphql && `W9, a page over GraphQL: ${pairs({ ...graphql })}`,
    startup && `Start to ready: ${pairs(startup)}`,
    routes &&
      Object.entries(routes)
        .map(([name, cells]) => `${name}, µs by endpoints: ${pairs(cells)}`)
        .join('\n'),
    scale && asText(scaleTable(scale)),
    scale && scaleCaveat(scale, machine.cores, machine.isPinned),
    soak && `Soak: ${pairs(withoutSamples(soak))}\nMemory is ${soak.isFlat ? 'flat' : 'NOT flat'}.`,
  ];
  process.stdout.write(`\n${parts.filter(Boolean).join('\n\n')}\n`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  if (options.publish) publish(results);
}

function withoutSamples(soak: Soak): object {
  return { ...soak, samples: soak.samples.length };
}

function pairs(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');
}
