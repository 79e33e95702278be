import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type WorkloadName, workloadNames } from './load/workloads.ts';
import { peerBefore, peers } from './measure/peers.ts';
import { cpus } from './measure/pinning.ts';

export interface Options {
  readonly json?: string;
  readonly only: readonly string[];
  readonly workloads: readonly (WorkloadName | 'W8' | 'W9')[];
  readonly rounds?: number;
  readonly quick: boolean;
  readonly publish: boolean;
  readonly routes?: readonly number[];
  readonly soak?: number;
  /** Numbers of processes. */
  readonly scale?: readonly number[];
  /** Another checkout of Charter. */
  readonly against?: string;
  /** Charter with and without its spans, in place of another checkout. */
  readonly untraced: boolean;
}

/** Those that are measured apart from the others. */
export const apart = ['W8', 'W9'] as const;
export const everyWorkload = [...workloadNames, ...apart] as const;
const peerNames = peers.map(({ name }) => name);

/** What was asked for on the command line. */
export function readOptions(args: readonly string[]): Options {
  const program = new Command('npm run bench --')
    .description('Charter beside other ways to build the same service, measured in one run.')
    .option('--json <file>', 'write the figures to a file')
    .addOption(listOf('--only <peers>', 'only these, and raw', peerNames))
    .addOption(listOf('--workloads <list>', 'only these', everyWorkload))
    .option('--against <checkout>', 'another checkout of Charter beside this one', checkout)
    .addOption(
      new Option('--untraced', 'Charter without spans beside it, which sends them to a collector')
        .default(false)
        .conflicts('against'),
    )
    .option('--rounds <count>', 'rounds per peer and workload (7)', whole)
    .option('--quick', 'a smoke run of under a minute; its figures are rough', false)
    .option('--publish', 'write the table and the chart into docs', false)
    .option('--routes <counts>', 'cost per request by endpoints, as 10,100,1000', (text) =>
      text.split(',').map(whole),
    )
    .option('--scale <counts>', 'Charter as so many processes, as 1,2', processes)
    .option('--soak <requests>', 'memory over so many requests', whole);
  const options = program.parse([...args], { from: 'user' }).opts<Options>();
  const isPart =
    options.only.length < peerNames.length || options.workloads.length < everyWorkload.length;
  if (options.publish && (options.quick || isPart || options.against || options.untraced)) {
    program.error(
      'error: only a whole run is published: leave out --quick, --only, --workloads, --against, --untraced',
    );
  }
  const isChosen = program.getOptionValueSource('workloads') === 'cli';
  return options.scale && !isChosen ? { ...options, workloads: ['W2', 'W5'] } : options;
}

function listOf(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, `${description} (of ${choices.join(', ')})`)
    .default([...choices], 'all')
    .argParser((text: string) => {
      const wanted = text.split(',');
      const unknown = wanted.filter((name) => !choices.includes(name));
      if (unknown.length > 0) throw new InvalidArgumentError(`Unknown: ${unknown.join(', ')}`);
      return choices.filter((name) => wanted.includes(name));
    });
}

function processes(text: string): number[] {
  const counts = text.split(',').map(whole);
  if (counts.some((count) => count > cpus)) {
    throw new InvalidArgumentError(`A core for each: there are ${cpus}`);
  }
  return counts;
}

function checkout(path: string): string {
  const { file } = peerBefore(path);
  if (!existsSync(file)) throw new InvalidArgumentError(`There is no ${file}`);
  return path;
}

function whole(text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`${text} is no count`);
  return value;
}
