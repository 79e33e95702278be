import { describe, expect, it } from 'vitest';
import { elapsed, ticksIn } from './bench/measure/cpu.ts';
import { cellsOf } from './bench/report/cells.ts';
import { costTable, splitTable } from './bench/report/comparison.ts';
import { withBlock } from './bench/report/page.ts';
import { scaleCaveat, scaledOf, scaleTable } from './bench/report/scale.ts';
import { asMarkdown, asText } from './bench/report/table.ts';

// What the benchmark makes of its figures. The figures themselves belong to the machine.

const figures = {
  systemShare: 0.25,
  requestsPerSecond: 1000,
  p50Ms: 1,
  p99Ms: 2,
};
const rounds = (...cpuUsByRound: number[]) => {
  const [min = 0, median = 0, max = 0] = [...cpuUsByRound].sort((a, b) => a - b);
  return { ...figures, cpuUsByRound, cpuUs: { min, median, max } };
};
const cells = cellsOf(
  new Map([
    ['raw', rounds(10, 10, 20)],
    ['fastify', rounds(12, 30, 12)],
    ['before', rounds(20, 44, 32)],
    ['charter', rounds(20, 40, 16)],
  ]),
);
const results = { date: '', machine: {} as never, workloads: { W1: cells } };

describe('the figures of a workload', () => {
  it('are compared round by round, so that a mood that met both falls out', () => {
    expect(cells.charter?.ratioToFastify).toBe(0.75);
    expect(cells.fastify?.ratioToFastify).toBeUndefined();
    expect(cells.charter?.ratioToBefore).toBe(1.1);
    expect(cells.charter?.ratio).toBe(0.5);
  });

  it('tell user and system time apart', () => {
    expect(cells.charter).toMatchObject({ cpuUs: 20, userUs: 15, systemUs: 5 });
    expect(asText(splitTable(results)).split('\n').at(-1)).toMatch(/^Charter before +24 \+ 8\.0$/);
  });

  it('say what is wanted of Charter, and whether it is reached', () => {
    expect(asMarkdown(costTable(results)).split('\n').slice(-3)).toEqual([
      '| **Charter ÷ bare Fastify** | **.75** |',
      '| wanted at least, reached or not | .65 ✓ |',
      '| **Charter ÷ Charter before** | **1.10** |',
    ]);
  });
});

it('a second process is told by the clock on the wall and by the CPU time of a request', () => {
  const W2 = scaledOf([
    { processes: 1, requestsPerSecond: 10_000, cpuUs: 50, busyCores: 0.5 },
    { processes: 2, requestsPerSecond: 8_000, cpuUs: 62.5, busyCores: 0.5 },
  ]);
  expect(W2[1]).toMatchObject({ requestsPerCpuSecond: 16_000, adds: -0.2, addsByCpuTime: 0.6 });
  const [, one, two] = scaleTable({ W2 });
  const alone = ['W2, 1 process', '10,000', '10,000', '0.50 of 1', '50.0', '20,000', '–', '–'];
  expect(one).toEqual(alone);
  expect(two?.slice(-2)).toEqual(['−20 %', '+60 %']);
  expect(scaleCaveat({ W2 }, 2, false)).toContain('2 cores for 2 processes');
  expect(scaleCaveat({ W2 }, 8, true)).toContain('the other 6');
});

it('a process may have any name where the system tells its CPU time', () => {
  const stat = `7 (node) 1 (x)) S ${'0 '.repeat(10)}12 3 0 0`;
  expect(ticksIn(stat)).toEqual({ userUs: 120_000, systemUs: 30_000 });
  const time = { totalUs: 5, userUs: 3, systemUs: 2 };
  expect(elapsed(time, { totalUs: 15, userUs: 8, systemUs: 7 })).toEqual({
    totalUs: 10,
    userUs: 5,
    systemUs: 5,
  });
});

describe('a page of figures', () => {
  const empty = 'Before.\n\n<!-- bench:storm -->\n\n<!-- /bench:storm -->\n\nAfter.\n';
  const block = (machine: string, text: string) => ({ place: 'storm', machine, text });
  const page = withBlock(withBlock(empty, block('A', 'one')), block('B', 'two'));

  it('keeps what other machines said', () => {
    expect(page).toBe(
      'Before.\n\n<!-- bench:storm -->\n\n<!-- machine: A -->\n\none\n\n<!-- machine: B -->\n\ntwo\n\n<!-- /bench:storm -->\n\nAfter.\n',
    );
    expect(withBlock(page, block('A', 'three'))).toBe(page.replace('one', 'three'));
  });

  it('stays as it is when a machine says the same again', () => {
    expect(withBlock(page, block('B', 'two'))).toBe(page);
  });

  it('is not written where it has no place for them', () => {
    expect(() => withBlock(page, { ...block('A', ''), place: 'soak' })).toThrow(
      'no place for soak',
    );
  });
});
