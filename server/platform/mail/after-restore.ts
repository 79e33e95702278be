import type { AfterRestore } from '../restored.ts';
import { MailRow } from './mail-row.ts';

/** They went out after the dump was taken, most likely; and their links work no more. */
export const waitingMails: AfterRestore = {
  what: 'waiting mails dropped',
  settle: (tx) =>
    MailRow.query(tx).where({ state: 'waiting' }).patch({ state: 'failed', sealed: null }),
};
