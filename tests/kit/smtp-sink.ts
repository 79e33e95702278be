import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** A mail as a mailbox got it. */
export interface Received {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly isEncrypted: boolean;
  readonly user: string | undefined;
  readonly mail: ParsedMail;
}

export interface SmtpSink {
  readonly port: number;
  readonly received: readonly Received[];
}

/** A mail server on this machine that keeps what it gets, until the test ends. */
export async function smtpSink(options: SMTPServerOptions = {}): Promise<SmtpSink> {
  const received: Received[] = [];
  const keep = async (stream: Readable, { envelope, secure, user }: SMTPServerSession) => {
    const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
    const to = envelope.rcptTo.map(({ address }) => address);
    const mail = await simpleParser(stream);
    received.push({ envelope: { from, to }, isEncrypted: secure, user: user as string, mail });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: callbackify(keep),
    ...options,
  });
  // A client that gives up is no news.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port, received };
}
