import type { Connection } from './connection.ts';

/** What another client has otherwise: headers and signals are added, all else is replaced. */
export type ConnectionChanges = { readonly [Name in keyof Connection]?: Connection[Name] };

export function changed(connection: Connection, changes: ConnectionChanges): Connection {
  const signals = [connection.signal, changes.signal].filter((each) => each !== undefined);
  return {
    ...connection,
    ...changes,
    headers: { ...connection.headers, ...changes.headers },
    // Whatever ends the one ends the other.
    signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
  };
}
