import * as z from 'zod';

/** What an account may take over from its profile at a provider. Never the address. */
const followed = z.enum(['fullName', 'locale']);
export type FollowedField = z.output<typeof followed>;

/** What the tokens of a provider are kept for. */
export interface ProviderUpkeep {
  readonly follows: readonly FollowedField[];
  readonly everySeconds: number;
}

export const upkeepFields = {
  keepTokens: z.boolean().default(false),
  syncHours: z.int().min(1).max(720).default(24),
};

export const syncProfile = z.array(followed).default([]);

interface Given {
  readonly keepTokens: boolean;
  readonly syncProfile?: readonly FollowedField[] | undefined;
  readonly syncHours: number;
}

export function upkeepOf({ keepTokens, syncProfile: follows = [], syncHours }: Given): {
  upkeep?: ProviderUpkeep;
} {
  return keepTokens ? { upkeep: { follows, everySeconds: syncHours * 3_600 } } : {};
}

/** Whoever keeps tokens asks for one that renews them. */
export function scopesFor({ keepTokens }: Pick<Given, 'keepTokens'>): readonly string[] {
  const usual = ['openid', 'email', 'profile'];
  return keepTokens ? [...usual, 'offline_access'] : usual;
}

/** Google has no scope for it. */
export const googleAsks = { access_type: 'offline', prompt: 'consent' };
