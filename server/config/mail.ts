import * as z from 'zod';
import { section, when } from './section.ts';
import { isLoopback } from './values.ts';

/** The next mail server, and how the service proves to it who it is. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `always` speaks TLS from the first byte, `upgraded` by STARTTLS before anything is said. */
  readonly tls: 'always' | 'upgraded' | 'none';
  readonly login: { readonly user: string; readonly pass: string } | undefined;
}

const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: 'write smtp://user:password@host:587 or smtps://…:465' })
  .transform((text) => new URL(text))
  .refine(
    ({ username, password }) => isEncoded(username) && isEncoded(password),
    'write % in user and password as %25',
  )
  .refine(({ hostname }) => hostname !== '', 'name the host, as smtp://mail.example.com')
  .refine(
    ({ pathname, search, hash }) =>
      ['', '/'].includes(pathname) && ['', '?tls=none'].includes(search) && hash === '',
    'ends after host and port, or with ?tls=none',
  )
  .transform(mailServer);

/** `Name <address>` or the address alone. */
const sender = z
  .string()
  .regex(
    /^([^<>"\p{Cc}]+ )?<[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+>$|^[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+$/u,
    'write no-reply@example.com or Example <no-reply@example.com>',
  )
  .transform((text) => {
    const [, name, address = text] = /^(?:(.+) )?<(.+)>$/.exec(text) ?? [];
    return { name, address };
  });

export const mail = section({
  settings: {
    SMTP_URL: smtpUrl.optional(),
    MAIL_FROM: sender.optional(),
    MAIL_PRODUCT_NAME: z
      .string()
      .max(100)
      .regex(/^\P{Cc}+$/u, 'write one line')
      .optional(),
    MAIL_COLOUR: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'write a colour as #1f3a5f')
      .default('#1f3a5f'),
  },
  build: (given) => ({
    /** Undefined: mails go nowhere, but to the preview of development. */
    server: given.SMTP_URL,
    from: given.MAIL_FROM ?? { name: undefined, address: 'no-reply@localhost' },
    /** Undefined: the name of the service. */
    productName: given.MAIL_PRODUCT_NAME,
    colour: given.MAIL_COLOUR,
  }),
  refuse: ({ SMTP_URL: server, MAIL_FROM: from }) => [
    ...when(
      server !== undefined && from === undefined,
      'MAIL_FROM: is not set, and SMTP_URL is; write who the mails come from, as Example <no-reply@example.com>',
    ),
    ...when(
      server?.tls === 'none' && !isLoopback(server.host),
      'SMTP_URL: ?tls=none sends passwords and links in the clear; leave it out, it is for a mail server on this machine',
    ),
  ],
  warn: ({ server }, { isProduction }) =>
    when(
      isProduction && server === undefined,
      'SMTP_URL is not set: no mail is sent, so nobody can prove an address or set a forgotten password anew.',
    ),
});

export type MailConfig = ReturnType<typeof mail.build>;

function mailServer({ protocol, hostname, port, username, password, search }: URL): MailServer {
  const isAlways = protocol === 'smtps:';
  const usual = isAlways ? 465 : 587;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? usual : Number(port),
    tls: search === '?tls=none' ? 'none' : isAlways ? 'always' : 'upgraded',
    login:
      username === ''
        ? undefined
        : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  };
}

function isEncoded(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text);
}
