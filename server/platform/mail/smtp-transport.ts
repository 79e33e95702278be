import type { SMTPTransportOptions } from 'nodemailer/lib/smtp-transport';
import type { MailConfig, MailServer } from '../../config/mail.ts';
import { type Message, NotTaken, type Transport } from './transport.ts';

export interface SmtpOptions {
  readonly server: MailServer;
  readonly from: MailConfig['from'];
  /** All of it, from the look-up of the host to the last answer. */
  readonly deadlineMs?: number;
}

/**
 * Mail by SMTP, a connection for each message: mails are few, a connection that idles is one that
 * breaks, and what one message went through says nothing about the next.
 */
export class SmtpTransport implements Transport {
  #options: Required<SmtpOptions>;

  constructor({ server, from, deadlineMs = 30_000 }: SmtpOptions) {
    this.#options = { server, from, deadlineMs };
  }

  /** From the next message on. */
  useServer(server: MailServer): void {
    this.#options = { ...this.#options, server };
  }

  async send(message: Message, signal: AbortSignal): Promise<void> {
    const { server, from, deadlineMs } = this.#options;
    if (!isPlainAddress(message.to)) throw new NotTaken('no address', { isFinal: true });
    // Loaded by the first mail: most processes send none while they start.
    const { createTransport } = await import('nodemailer');
    // Its own time-outs are for silence: a server that drips lines would hold it for ever.
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      await createTransport(connectionTo(server)).sendMail({
        ...headersOf(message, from),
        envelope: { from: from.address, to: [message.to] },
        subject: message.subject,
        text: message.text,
        html: message.html,
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.any([signal, deadline]),
      });
    } catch (error) {
      if (deadline.aborted) throw new NotTaken('no end in time', { isFinal: false });
      throw notTaken(error as SmtpError);
    }
  }
}

/** One address and nothing else: a line break in it would be a line of SMTP. */
function isPlainAddress(text: string): boolean {
  return /^[^\s<>()[\]\\,;:"@\p{C}]+@[^\s<>()[\]\\,;:"@\p{C}]+$/u.test(text);
}

function headersOf({ id, writtenAt, to, language }: Message, from: SmtpOptions['from']) {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from: { name: from.name ?? '', address: from.address },
    to: { name: '', address: to },
    messageId: `<${id}@${domain}>`,
    date: writtenAt,
    xMailer: false as const,
    headers: {
      // RFC 3834: no vacation notice answers it, and no program that answers mails.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    },
  };
}

function connectionTo({ host, port, tls, login }: MailServer): SMTPTransportOptions {
  return {
    host,
    port,
    secure: tls === 'always',
    requireTLS: tls === 'upgraded',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2' },
    ...(login && { auth: login }),
    allowInternalNetworkInterfaces: true,
    dnsTimeout: 5_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  /** The command that was answered. */
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** The server judges a message by refusing its reader or its content; all else may pass. */
const aboutMessage = new Set(['RCPT TO', 'DATA']);

function notTaken(error: SmtpError): NotTaken {
  const { command = '', responseCode = 0 } = error;
  return new NotTaken(reasonOf(error), {
    isFinal: aboutMessage.has(command) && responseCode >= 500,
  });
}

/** The words of a server may quote the address, so its codes must do; those of Node do not. */
function reasonOf({ code, message, response, responseCode }: SmtpError): string {
  if (response === undefined || responseCode === undefined) {
    return `${code ?? 'failed'}: ${message}`.slice(0, 200);
  }
  const [, enhanced] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  return [code, responseCode, enhanced].filter((part) => part !== undefined).join(' ');
}
