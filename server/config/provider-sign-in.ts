import * as z from 'zod';
import { section, when } from './section.ts';
import { csv } from './values.ts';

/** An own page or app: of the web, or by a private scheme such as `com.example.app:/signed-in`. */
const redirect = z
  .url({ error: 'write addresses as https://app.example.com/signed-in' })
  .transform((text) => new URL(text))
  .refine(isPlain, 'write addresses without a query, a fragment or a password')
  .refine(
    ({ protocol }) => /^https?:$/.test(protocol) || protocol.includes('.'),
    'write https://…, or the private scheme of an app, as com.example.app:/signed-in (RFC 8252)',
  )
  .transform((url) => url.href);

const providerName = z.string().regex(/^[a-z][a-z0-9-]*$/, 'write names of providers, as google');

export const providerSignIn = section({
  settings: {
    SIGN_IN_REDIRECTS: csv.pipe(z.array(redirect)).default([]),
    SIGN_OUT_REDIRECTS: csv.pipe(z.array(redirect)).default([]),
    LINK_AUTOMATICALLY: csv.pipe(z.array(providerName)).default([]),
  },
  build: (given) => ({
    /** Where a sign-in with a provider may lead back to. */
    redirects: given.SIGN_IN_REDIRECTS,
    /** Where a sign-out at a provider may lead back to. */
    signOutRedirects: given.SIGN_OUT_REDIRECTS,
    /** The providers whose word for an address opens the account that has it. */
    trusted: given.LINK_AUTOMATICALLY,
  }),
  refuse: ({ SIGN_IN_REDIRECTS, SIGN_OUT_REDIRECTS }) =>
    Object.entries({ SIGN_IN_REDIRECTS, SIGN_OUT_REDIRECTS }).flatMap(([name, redirects = []]) =>
      when(
        redirects.some((address) => address.startsWith('http:')),
        `${name}: holds an address that is not https; write https://…`,
      ),
    ),
  warn: ({ trusted }, { isProduction }) =>
    when(
      isProduction && trusted.length > 0,
      `LINK_AUTOMATICALLY: whoever ${trusted.join(' or ')} says has an address gets the account of it.`,
    ),
});

function isPlain({ search, hash, username, password }: URL): boolean {
  return search === '' && hash === '' && username === '' && password === '';
}
