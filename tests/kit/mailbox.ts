import type { Message } from '../../server/platform/mail/transport.ts';
import type { TestApp } from './app.ts';

/** What came for an address until now, the oldest first; jobs that wait are worked off before. */
export async function mailsTo(app: TestApp, address: string): Promise<Message[]> {
  await app.workJobs();
  return app.mails.filter(({ to }) => to === address);
}

/** The newest mail for an address. Throws when there is none. */
export async function lastMailTo(app: TestApp, address: string): Promise<Message> {
  const last = (await mailsTo(app, address)).at(-1);
  if (!last) throw new Error(`No mail came for ${address}`);
  return last;
}

/** The link in a mail, as its reader sees it. */
export function linkIn({ text }: Message): URL {
  const found = /https?:\/\/\S+\?token=\S+/.exec(text)?.[0];
  if (!found) throw new Error(`There is no link in: ${text}`);
  return new URL(found);
}

/** The token in the link of the newest mail for an address. */
export async function tokenFor(app: TestApp, address: string): Promise<string> {
  return linkIn(await lastMailTo(app, address)).searchParams.get('token') ?? '';
}
