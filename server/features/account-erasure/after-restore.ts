import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AfterRestore } from '../../platform/restored.ts';
import { User } from '../users/model.ts';
import { erasureRequestedMail } from './mails.ts';
import { AccountErasure } from './model.ts';
import { dayOf } from './service.ts';

/** One that was cancelled after the dump would happen all the same: its owner gets the time to say so again. */
export function erasuresPutOff({ config, mail }: Pick<Platform, 'config' | 'mail'>): AfterRestore {
  return {
    what: 'erasures of accounts put off',
    settle: async (tx) => {
      const erasesAt = secondsAfter(tx.now, config.personalData.erasureGraceDays * daySeconds);
      const pending = await AccountErasure.query(tx).patch({ erasesAt }).returning('userId');
      for (const { userId } of pending) {
        const user = await User.query(tx).findById(userId);
        if (user) await mail.write(tx, erasureRequestedMail, user, { erasesOn: dayOf(erasesAt) });
      }
      return pending.length;
    },
  };
}
