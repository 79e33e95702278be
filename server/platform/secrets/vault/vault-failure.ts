/**
 * `unreachable`: nobody answers in time. `untrusted`: by TLS, somebody unknown does. `foreign`: what
 * answers is no Vault. `sealed`, `busy` and `failing` are its own words. `login`: it does not let us
 * in. `denied`: a policy lacks a path. `missing`: there is no such secret, or its version is gone.
 */
export type VaultFailureKind =
  | 'unreachable'
  | 'untrusted'
  | 'foreign'
  | 'sealed'
  | 'busy'
  | 'failing'
  | 'login'
  | 'denied'
  | 'missing';

const passing: readonly VaultFailureKind[] = ['unreachable', 'sealed', 'busy', 'failing'];

/** Vault did not do what it was asked. The message names the address or the secret, and no value. */
export class VaultFailure extends Error {
  override readonly name = 'VaultFailure';
  readonly kind: VaultFailureKind;
  /** When it wants to be asked again, if it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: VaultFailureKind, message: string, retryAfterMs?: number) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether it may be otherwise in a moment. */
  get isPassing(): boolean {
    return passing.includes(this.kind);
  }
}

const kinds: Readonly<Record<number, VaultFailureKind>> = {
  403: 'denied',
  404: 'missing',
  // A replica that has not heard of what another one wrote.
  412: 'failing',
  429: 'busy',
  501: 'sealed',
  503: 'sealed',
};

/** What an answer that is no success means. */
export function failureOf(status: number, message: string, retryAfterMs?: number): VaultFailure {
  const kind =
    kinds[status] ?? (status >= 500 || [472, 473].includes(status) ? 'failing' : 'foreign');
  return new VaultFailure(kind, message, retryAfterMs);
}
