import type { Config } from '../../config/config.ts';
import type { MailServer } from '../../config/mail.ts';
import type { Queue } from '../jobs/queue.ts';
import { productNameOf } from '../product-name.ts';
import { Deliveries, type DeliveryParts } from './deliveries.ts';
import { Mail } from './mail.ts';
import { MailPreview } from './preview.ts';
import { SmtpTransport } from './smtp-transport.ts';
import type { Transport } from './transport.ts';

type Parts = Pick<DeliveryParts, 'db' | 'clock' | 'log' | 'secretKeys' | 'metrics'> & {
  readonly queue: Queue;
  /** What tests put in the place of a mail server. */
  readonly transport: Transport | undefined;
};

export interface OpenedMail {
  readonly mail: Mail;
  readonly mailPreview: MailPreview | undefined;
  /** Its file has changed. Nothing where mails leave by no server. */
  readonly useServer: (server: MailServer) => void;
}

/** Mail as it is configured: by SMTP, in the preview of development, or none. */
export function openMail(
  config: Pick<Config, 'mail' | 'isProduction'>,
  { transport: given, ...parts }: Parts,
): OpenedMail {
  const { isProduction } = config;
  const { server, from, colour } = config.mail;
  const look = { productName: productNameOf(config), colour };
  const smtp = server && new SmtpTransport({ server, from });
  const transport = given ?? smtp ?? (isProduction ? undefined : preview);
  const deliveries =
    transport && new Deliveries({ ...parts, look, transport, keepsSent: !isProduction });
  return {
    mail: new Mail({ ...parts, sender: look, deliveries }),
    mailPreview: isProduction ? undefined : new MailPreview({ ...parts, look }),
    useServer: (changed) => smtp?.useServer(changed),
  };
}

/** What development writes is looked at where it lies. */
const preview: Transport = { send: async () => {} };
