import { once } from 'node:events';
import { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { openFeatures } from '../features.ts';
import { openOtlp } from '../platform/observability/otlp.ts';
import { openPlatform, type Platform } from '../platform/platform.ts';
import type { Vault } from '../platform/secrets/vault/vault.ts';
import { metricsDoor } from '../start/doors.ts';
import { endingSignal } from '../start/ending-signal.ts';
import { listenForMetrics } from '../start/listen.ts';
import { createLogFor } from '../start/log.ts';
import { assertMigrated } from '../start/prepare.ts';
import { beginWork } from '../worker/begin-work.ts';
import { introduce } from '../worker/introduce.ts';
import type { Terminal } from './terminal.ts';
import { withConfig } from './workplace.ts';

interface Options {
  readonly once?: true;
}

export function workerCommand(terminal: Terminal): Command {
  return new Command('worker')
    .description('Works off jobs until it is told to stop, and begins what is scheduled.')
    .option('--once', 'work off what is due by now, then end; begin nothing that is scheduled')
    .option('--json', 'say at the end as JSON how it ended; its log is JSON lines before')
    .action(async ({ json, ...options }: Options & { json?: true }) => {
      await withConfig(terminal, (config, vault) => serveJobs(config, vault, options));
      if (json) terminal.out(JSON.stringify({ ok: true }));
    });
}

/** A process beside those of the API. It ends in order: attempts in flight end, or are handed back. */
async function serveJobs(
  config: Config,
  vault: Vault | undefined,
  { once: isOnce }: Options,
): Promise<void> {
  using ending = endingSignal();
  const log = await createLogFor(config);
  const collector = await openOtlp(config.openTelemetry.otlp, log);
  const platform = openPlatform(config, { log, vault, ...collector });
  ending.signal.addEventListener('abort', () => platform.drain(), { once: true });
  try {
    await assertMigrated(platform);
    await openWorker(platform);
    // An end meanwhile closes the queue below, which ends the work.
    if (isOnce) await untilEnd(platform.jobs.workOff(), ending.signal);
    else await workOn(platform, ending.signal);
  } finally {
    await platform.close();
    await collector.close();
  }
}

async function openWorker(platform: Platform): Promise<void> {
  const features = openFeatures(platform);
  await introduce(platform, features);
  const starts = Object.values(features).map(async (feature) => {
    if ('start' in feature) await feature.start();
  });
  await Promise.all(starts);
  await platform.revocations.start();
}

async function workOn(platform: Platform, ending: AbortSignal): Promise<void> {
  const { telemetry, config, log } = platform;
  const metricsPort = await listenForMetrics(telemetry.metricsServer, metricsDoor(config));
  log.info({ metricsPort }, 'a worker has started');
  await beginWork(platform);
  if (!ending.aborted) await once(ending, 'abort');
  log.info('the worker stops');
}

async function untilEnd(work: Promise<void>, ending: AbortSignal): Promise<void> {
  if (ending.aborted) return;
  await Promise.race([work, once(ending, 'abort')]);
}
