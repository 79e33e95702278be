import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { eventually } from '../kit/eventually.ts';
import { freePort } from '../kit/port.ts';
import { type Running, startProcess } from '../kit/process.ts';

/** What a process takes, by its own metrics. */
export interface Usage {
  /** What a collection leaves of it. */
  readonly heapMb: number;
  readonly rssMb: number;
  readonly cpuSeconds: number;
  readonly upSeconds: number;
  /** Streams of events. */
  readonly open: number;
  /** Sockets among them; 0 elsewhere than on Linux. */
  readonly files: number;
}

/** Collects what is garbage when it is told to, and says when that is done. */
const collecting = `process.on('SIGUSR2', () => {
  globalThis.gc();
  process.stderr.write('collected\\n');
});`;

const collector = `data:text/javascript,${encodeURIComponent(collecting)}`;

export interface MeasuredProcess {
  readonly url: string;
  readonly running: Running;
  /** Now, after a collection; what that costs is not counted the next time. */
  usage(): Promise<Usage>;
}

/** The service as a process of its own, whose figures are those of what is in use. */
export async function measuredProcess(settings: Record<string, string>): Promise<MeasuredProcess> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const running = startProcess(
    { ...settings, PORT: String(port), METRICS_PORT: String(metricsPort) },
    undefined,
    ['--expose-gc', '--import', collector, 'server/main.ts'],
  );
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    expect((await fetch(`${url}/api/v1/health/readiness`)).status).toBe(200);
  });
  let collections = 0;
  let spentOnLooking = 0;
  const look = async () => {
    const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    return metricsIn(await answer.text());
  };
  return {
    url,
    running,
    usage: async () => {
      const before = (await look())('process_cpu_time_seconds_total');
      collections += 1;
      running.child.kill('SIGUSR2');
      await eventually(() => {
        expect(running.output().split('collected\n').length - 1).toBe(collections);
      });
      const metric = await look();
      const cpu = metric('process_cpu_time_seconds_total');
      const cpuSeconds = before - spentOnLooking;
      spentOnLooking += cpu - before;
      return {
        cpuSeconds,
        heapMb: metric('v8js_memory_heap_used_bytes') / 2 ** 20,
        rssMb: metric('process_memory_usage_bytes') / 2 ** 20,
        upSeconds: metric('process_uptime_seconds'),
        open: metric('charter_live_events_open'),
        files: filesOf(running.child.pid),
      };
    },
  };
}

/** The sum of all series of a metric. */
function metricsIn(text: string): (name: string) => number {
  return (name) => {
    const series = text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'));
    const values = [...series].map(([, value]) => Number(value));
    if (values.length === 0) throw new Error(`There is no metric ${name}`);
    return values.reduce((sum, value) => sum + value, 0);
  };
}

function filesOf(pid: number | undefined): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
