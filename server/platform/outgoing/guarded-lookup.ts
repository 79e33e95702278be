import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** A name led where this service does not go. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

type Lookup = typeof lookup;

/**
 * Looks a name up for a connection, and refuses it if any of its addresses is not allowed. What is
 * judged is what is connected to: the name is not looked up a second time, when it might lead elsewhere.
 * An address in place of a name never gets here: whoever connects judges that before.
 */
export function guardedLookup(
  isAllowed: (address: string) => boolean,
  resolve: Lookup = lookup,
): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '');
      if (!addresses.every(({ address }) => isAllowed(address))) {
        const detail = `${host}: leads to an address of a private network`;
        return done(new AddressRefused(detail), '');
      }
      const [first] = addresses;
      if (options.all || !first) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}
