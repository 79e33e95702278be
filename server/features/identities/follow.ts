import { FullName, Locale } from '../../../contract/kit/scalars.ts';
import type { FollowedField } from '../../config/provider-upkeep.ts';
import type { ProviderProfile } from '../../platform/identity-providers/identity-provider.ts';
import type { User } from '../users/model.ts';

export type Followed = { -readonly [Field in FollowedField]?: string };

/** As accounts write them. */
const shapes = { fullName: FullName, locale: Locale } as const;

/** What the provider tells now of the fields that are followed; what it leaves out stays as it was. */
export function tellsOf(fields: readonly FollowedField[], profile: ProviderProfile): Followed {
  const told: Followed = {};
  for (const field of fields) {
    const { data } = shapes[field].safeParse(profile[field]);
    if (data !== undefined) told[field] = data;
  }
  return told;
}

/**
 * What the account takes over. A field is the person's own as soon as it is not what the provider
 * told last: then it stays, emptied ones included.
 */
export function changesBy(
  user: Pick<User, FollowedField>,
  { told, tells }: { readonly told: Followed; readonly tells: Followed },
): Followed {
  const changes: Followed = {};
  for (const [field, value] of Object.entries(tells) as [FollowedField, string][]) {
    if (user[field] === (told[field] ?? null) && user[field] !== value) changes[field] = value;
  }
  return changes;
}
