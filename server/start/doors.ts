import type { Config } from '../config/config.ts';
import { defaultMetricsPort } from '../config/observability.ts';
import { StartFailure } from '../platform/start-failure.ts';

/** What listens, and the settings that say where. */
export interface Door {
  readonly what: string;
  readonly port: number;
  readonly host: string;
  readonly portSetting: string;
  readonly hostSetting: string;
  /** Any other port will do when this one is taken: nobody chose it. */
  readonly mayMove: boolean;
}

type Where = Pick<Config, 'http' | 'observability' | 'isProduction'>;

export function serviceDoor({ http: { port, host } }: Where): Door {
  const settings = { portSetting: 'PORT', hostSetting: 'HOST' };
  return { what: 'Charter', port, host, ...settings, mayMove: false };
}

export function metricsDoor({ observability, isProduction }: Where): Door {
  const { metricsPort: port, metricsHost: host } = observability;
  return {
    what: 'The metrics endpoint of Charter',
    port,
    host,
    portSetting: 'METRICS_PORT',
    hostSetting: 'METRICS_HOST',
    mayMove: !isProduction && port === defaultMetricsPort,
  };
}

/** A door that does not open. */
export interface ShutDoor {
  readonly door: Door;
  readonly error: NodeJS.ErrnoException;
}

/** All of them in one message: one more start is then enough. */
export function explainShut(shut: readonly ShutDoor[]): Error {
  const unknown = shut.find(({ error }) => !isBusy({ error }) && !isBarred({ error }));
  if (unknown) return unknown.error;
  const busy = shut.filter(isBusy).map(({ door }) => door);
  const barred = shut.filter(isBarred);
  return new StartFailure({
    what: shut.map(whatOf).join('\n'),
    why: [
      ...(busy.length > 0 ? ['Another program uses it; perhaps Charter runs already.'] : []),
      ...barred.map(({ error }) => error.message),
    ].join('\n'),
    todo: [
      ...(busy.length > 0 ? [moveAway(busy)] : []),
      ...barred.map(({ door }) => chooseAddress(door)),
    ].join('\n'),
  });
}

function isBusy({ error }: Pick<ShutDoor, 'error'>): boolean {
  return error.code === 'EADDRINUSE';
}

function isBarred({ error }: Pick<ShutDoor, 'error'>): boolean {
  return error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL';
}

function whatOf({ door: { what, host, port }, error }: ShutDoor): string {
  return `${what} cannot listen on ${isBusy({ error }) ? `port ${port}` : `${host}:${port}`}.`;
}

function moveAway(busy: readonly Door[]): string {
  const settings = busy.map(({ portSetting, port }) => `${portSetting}=${port + 1}`).join(' ');
  return `Open http://localhost:${busy[0]?.port} to see, stop that program, or choose another port: ${settings} npm start`;
}

function chooseAddress({ hostSetting, portSetting }: Door): string {
  return `Choose another address with ${hostSetting} and ${portSetting}; ports below 1024 need privileges.`;
}
