import {
  constants,
  type EventLoopUtilization,
  monitorEventLoopDelay,
  PerformanceObserver,
  performance,
} from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { BatchObservableResult, Meter } from '@opentelemetry/api';

/** How often the loop is looked at: shorter waits than this are not seen. */
const resolutionMs = 10;
const nsPerSecond = 1e9;
const usPerSecond = 1e6;

const collections: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

/**
 * How Node and its process are, by OpenTelemetry's names (semantic conventions: nodejs, v8js,
 * process). Delays and utilisation are those since somebody last collected them. Answers how to stop
 * watching.
 */
export function watchRuntime(meter: Meter): () => void {
  const stops = [watchEventLoop(meter), watchCollections(meter)];
  watchProcess(meter);
  return () => {
    for (const stop of stops) stop();
  };
}

function watchEventLoop(meter: Meter): () => void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const seconds = (name: string, description: string) =>
    meter.createObservableGauge(`nodejs.eventloop.delay.${name}`, { unit: 's', description });
  const mean = seconds('mean', 'Mean delay of the event loop.');
  const p50 = seconds('p50', 'Median delay of the event loop.');
  const p99 = seconds('p99', 'Delay of the event loop that one of a hundred exceeds.');
  const max = seconds('max', 'Longest delay of the event loop.');
  const utilization = meter.createObservableGauge('nodejs.eventloop.utilization', {
    unit: '1',
    description: 'Share of the time in which the event loop was busy.',
  });
  let before: EventLoopUtilization = performance.eventLoopUtilization();
  const observe = (result: BatchObservableResult) => {
    // Nothing was seen yet: there is no mean then.
    if (delay.count > 0) {
      result.observe(mean, delay.mean / nsPerSecond);
      result.observe(p50, delay.percentile(50) / nsPerSecond);
      result.observe(p99, delay.percentile(99) / nsPerSecond);
      result.observe(max, delay.max / nsPerSecond);
      delay.reset();
    }
    const now = performance.eventLoopUtilization();
    result.observe(utilization, performance.eventLoopUtilization(now, before).utilization);
    before = now;
  };
  meter.addBatchObservableCallback(observe, [mean, p50, p99, max, utilization]);
  return () => delay.disable();
}

function watchCollections(meter: Meter): () => void {
  const duration = meter.createHistogram('v8js.gc.duration', {
    unit: 's',
    description: 'Duration of garbage collections.',
    advice: { explicitBucketBoundaries: [0.001, 0.01, 0.1, 1, 10] },
  });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // Node's types know entries of the web only, which have no detail.
      const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
      duration.record(entry.duration / 1000, { 'v8js.gc.type': collections[kind] ?? 'other' });
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}

function watchProcess(meter: Meter): void {
  const cpu = meter.createObservableCounter('process.cpu.time', {
    unit: 's',
    description: 'Time of all processors that the process has used.',
  });
  const bytes = (name: string, description: string) =>
    meter.createObservableGauge(name, { unit: 'By', description });
  const resident = bytes('process.memory.usage', 'Memory of the process that is in use.');
  const heap = bytes('v8js.memory.heap.used', 'Memory of the heap that is in use.');
  const limit = bytes('v8js.memory.heap.limit', 'What the heap may grow to.');
  const uptime = meter.createObservableGauge('process.uptime', {
    unit: 's',
    description: 'For how long the process has run.',
  });
  meter.addBatchObservableCallback(
    (result) => {
      const { user, system } = process.cpuUsage();
      result.observe(cpu, user / usPerSecond, { 'cpu.mode': 'user' });
      result.observe(cpu, system / usPerSecond, { 'cpu.mode': 'system' });
      result.observe(resident, process.memoryUsage.rss());
      const { used_heap_size: used, heap_size_limit: most } = getHeapStatistics();
      result.observe(heap, used);
      result.observe(limit, most);
      result.observe(uptime, process.uptime());
    },
    [cpu, resident, heap, limit, uptime],
  );
}
