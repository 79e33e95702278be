import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** Of the checkout: where it lies on a machine must not matter. */
const homeUrl = new URL('../../../', import.meta.url);
/** Frames name modules by their URLs; whatever transforms them first, by their paths. */
const homes = [homeUrl.href, fileURLToPath(homeUrl)];
/** How deep causes are followed, and how many frames tell where it came from. */
const limits = { layers: 4, frames: 3 };

/**
 * The same for the same failure, whichever request, process or release it comes from: of what it is
 * (names and codes, down to the first cause), what was being done (the operation), and where our own
 * code was (files and functions; the error that came last knows best, as what caused it often comes
 * from a socket that all share). No message counts, as it may name an id; no line number, as any change above moves it.
 */
export function fingerprintOf(error: Error, doing: string): string {
  const layers = layersOf(error);
  const origin = layers.map(ownFrames).find((frames) => frames.length > 0) ?? [];
  const text = [...layers.map(kindOf), doing, ...origin].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

interface Layer extends Error {
  readonly code?: string | number;
  /** Of the database: which rule was broken. */
  readonly constraint?: string;
  /** What a database error of Objection's stands for. */
  readonly nativeError?: unknown;
}

function layersOf(error: Layer): Layer[] {
  const layers: Layer[] = [];
  let layer: unknown = error;
  while (layer instanceof Error && layers.length < limits.layers) {
    layers.push(layer);
    const { cause, nativeError }: Layer = layer;
    layer = nativeError ?? cause;
  }
  return layers;
}

function kindOf({ name, code, constraint }: Layer): string {
  return `${name} ${code ?? ''} ${constraint ?? ''}`;
}

/** The frames that are neither Node's nor a library's. */
function ownFrames({ stack = '', message }: Layer): string[] {
  // Whatever the message says is no frame.
  const trace = stack.slice(stack.indexOf(message) + message.length);
  return trace
    .split('\n')
    .map(placeOf)
    .filter((place) => place !== undefined)
    .slice(0, limits.frames);
}

/** `server/features/auth/login.ts attempt`, of ` at async attempt (file:///…/login.ts:27:17)`. */
function placeOf(line: string): string | undefined {
  const found = /^ +at (?:async )?(?:(?<name>.+) \()?(?<file>.+):\d+:\d+\)?$/.exec(line);
  const { name = '', file = '' } = found?.groups ?? {};
  const home = homes.find((one) => file.startsWith(one));
  if (home === undefined) return undefined;
  const path = file.slice(home.length);
  return path.startsWith('node_modules/') ? undefined : `${path} ${name}`;
}
