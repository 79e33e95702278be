import { onSchedule, type Work } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { dropTokens } from './jobs.ts';
import { Identity, IdentityTokens } from './model.ts';

const batchSize = 1_000;

/** What the configuration says to keep no more is kept no more. */
export function dropsTokens({ db, identityProviders }: Platform): Work {
  return onSchedule(dropTokens, '51 * * * *', async ({ signal }) => {
    const names = identityProviders
      .list()
      .map(({ name }) => name)
      .filter((name) => identityProviders.find(name)?.upkeep);
    for (let dropped = batchSize; dropped === batchSize && !signal.aborted; ) {
      const unwanted = IdentityTokens.query(db).select('identityId').whereNotIn('provider', names);
      dropped = await IdentityTokens.query(db)
        .delete()
        .whereIn('identityId', unwanted.limit(batchSize).forUpdate().skipLocked());
    }
    await Identity.query(db)
      .patch({ needsReauthenticationAt: null })
      .whereNotNull('needsReauthenticationAt')
      .whereNotIn('provider', names);
  });
}
