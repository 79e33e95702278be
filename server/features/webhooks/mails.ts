import * as z from 'zod';
import { instantInWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

const Paused = z.object({
  address: z.string(),
  reason: z.enum(['failing', 'gone']),
  at: z.iso.datetime(),
  timeZone: z.string().nullable(),
});

const why = {
  failing:
    'For three days nothing arrived there: the address did not answer, or answered that something was wrong.',
  gone: 'The address answered 410, which says that it is gone for good.',
};

export const webhookPausedMail = mailKind(
  'webhooks.paused',
  Paused,
  ({ address, reason, at, timeZone }, { productName }) => ({
    subject: `A webhook of ${productName} was paused`,
    parts: [
      `${productName} sends events to this address no more:`,
      { facts: { Address: address, When: instantInWords(at, timeZone) } },
      `${why[reason]} Events collect for as long as deliveries are kept. When the address takes them again, let the webhook go on, and they are sent in their order; or remove it.`,
    ],
  }),
);
