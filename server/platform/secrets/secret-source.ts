/** What a setting says in a source by now, or why nobody can tell. */
export type Reading =
  | { readonly text: string; readonly version?: number }
  | { readonly trouble: string };

/**
 * A place where secrets come from, by the names of the settings that they fill. It is read at the
 * start, before the configuration is judged, and followed from then on.
 */
export interface SecretSource {
  readonly name: 'file' | 'vault';
  /** Those that it fills. */
  readonly settings: readonly string[];
  /** What they said at the start, which is in use since. */
  readonly atStart: ReadonlyMap<string, string>;
  /** How long to wait before the next look. */
  readonly waitMs: number;
  /** @throws where it is away as a whole: what it said last stays. */
  look(signal: AbortSignal): Promise<ReadonlyMap<string, Reading>>;
}
