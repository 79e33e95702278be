import { secondsAfter } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ProgramToken } from '../sessions/access-claims.ts';
import { EndedTokens } from '../sessions/ended-tokens.ts';
import { tokenEnded } from '../sessions/model.ts';

type Parts = Pick<Platform, 'revocations' | 'clock' | 'config'>;

/** Tokens of programs that were revoked, each by itself: their key and its other tokens go on. */
export class RevokedTokens {
  readonly #parts: Parts;
  readonly #ended: EndedTokens;

  constructor(parts: Parts) {
    const { tokenLifeSeconds } = parts.config.sessions;
    this.#parts = parts;
    this.#ended = new EndedTokens(parts, { kind: tokenEnded, tokenLifeSeconds });
  }

  /** From memory, which hears of it in a moment, or as the database has it now. */
  async has({ tokenId }: ProgramToken, { exact }: { readonly exact: boolean }): Promise<boolean> {
    if (this.#ended.has(tokenId)) return true;
    return exact && this.#isRecorded(tokenId);
  }

  /** Twice the life of a token: clocks may differ. */
  #isRecorded(subject: string): Promise<boolean> {
    const { revocations, clock, config } = this.#parts;
    const since = secondsAfter(clock.now(), -2 * config.sessions.tokenLifeSeconds);
    return revocations.isRecorded({ kind: tokenEnded, subject }, since);
  }
}
