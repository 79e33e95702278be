import type { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { guardedLookup } from './guarded-lookup.ts';
import { familyOf, hostOf, isPrivateAddress } from './private-addresses.ts';

/** Below it listen the services of a machine, which are none of ours to talk to. */
const firstFreePort = 1_024;
const usualPorts: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

export interface DestinationsOptions {
  /** Networks that are called although they are private, as `10.1.0.0/16`. */
  readonly allowedNetworks: readonly string[];
  /** For tests: another answer each time. */
  readonly lookup?: typeof lookup;
}

/**
 * Where this service calls on behalf of others: the public internet by https, and the networks that
 * its operator named. These may be called by http as well, and nothing else may.
 */
export class Destinations {
  readonly #allowed = new BlockList();
  readonly #options: DestinationsOptions;

  constructor(options: DestinationsOptions) {
    this.#options = options;
    for (const network of options.allowedNetworks) {
      const [address = '', bits] = network.split('/');
      if (bits === undefined) this.#allowed.addAddress(address, familyOf(address));
      else this.#allowed.addSubnet(address, Number(bits), familyOf(address));
    }
  }

  /** Why an address is never called, for whoever gives it; a name is judged when it is called. */
  refusalOf(url: URL): string | undefined {
    const { protocol, port, username, password, hash } = url;
    const isPlain = protocol === 'http:';
    const usual = usualPorts[protocol];
    if (usual === undefined || (isPlain && this.#options.allowedNetworks.length === 0)) {
      return 'Write an address that begins with https://';
    }
    if (username !== '' || password !== '') return 'It may name no user and no password';
    if (hash !== '') return 'It may have no fragment';
    if (port !== '' && Number(port) < firstFreePort) return 'Ports below 1024 are not called';
    const host = hostOf(url);
    const isAddress = isIP(host) !== 0;
    if (isAddress && !this.#isAllowed(host, isPlain)) return 'It leads to a private network';
    return undefined;
  }

  /** For a connection to an address that was not refused. */
  lookupFor({ protocol }: URL): LookupFunction {
    const isPlain = protocol === 'http:';
    return guardedLookup((address) => this.#isAllowed(address, isPlain), this.#options.lookup);
  }

  #isAllowed(address: string, isPlain: boolean): boolean {
    if (this.#allowed.check(address, familyOf(address))) return true;
    return !isPlain && !isPrivateAddress(address);
  }
}
