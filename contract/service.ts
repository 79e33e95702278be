/** What this service is called. Whoever makes it their own begins here (and in package.json). */
export const service = {
  /** For people: in the document, on pages, in mails. */
  title: 'Charter',
  /** For machines: in logs; the `name` in package.json. */
  name: 'charter',
  /** Of what the API promises, as its document says. The release of the service is another thing:
   * the `version` in package.json. */
  apiVersion: '0.1.0',
  /** Who the access tokens are for (`aud`), and the client that they are issued to. */
  audience: 'charter',
  /** The session cookie; over TLS with the prefix `__Host-`. */
  cookie: 'session',
  /** How its API keys begin. Secret scanners know them by it: `docs/identity/keys.md`. */
  keyPrefix: 'charter',
  /** The package of its client; the `name` in client/package.json. */
  clientPackage: '@charter/client',
  contact: { name: 'The team that runs this service', url: 'https://charter.example.com' },
  license: { name: 'MIT', identifier: 'MIT' },
} as const;
