/**
 * An instant in UTC, ISO 8601, as text: `2026-11-21T12:00:00.000Z`. It stays what came over the wire;
 * `new Date(instant)` reads it. Any string fits in: the name is for people, and costs nothing.
 */
export type Instant = string;
