// `@charter/client/passkeys`: the operations on passkeys, and what a browser does for them.
import type {
  Assertion,
  NewCredential,
  PasskeyCreation,
  PasskeyRequest,
} from './generated/schemas.ts';

export * from './generated/passkeys.ts';

/** Why there is no passkey: shown to people in the words of the frontend. */
export type PasskeyFailure = 'not_supported' | 'cancelled' | 'already_registered' | 'failed';

/** The browser gave no passkey. `cause` is what it said. */
export class PasskeyError extends Error {
  override readonly name = 'PasskeyError';
  readonly reason: PasskeyFailure;

  constructor(reason: PasskeyFailure, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.reason = reason;
  }
}

export interface Ceremonies {
  /** Whether this browser, on this page, knows passkeys at all. */
  isSupported(): boolean;
  /** Makes a passkey: from what `passkeys.options` answered to what `passkeys.create` takes. */
  create(options: PasskeyCreation): Promise<NewCredential>;
  /** Uses one: from what `auth.passkeyOptions`, or a sign-in, answered to what proves it. */
  get(options: PasskeyRequest): Promise<Assertion>;
}

export const passkeys: Ceremonies = {
  isSupported: () => container() !== undefined,

  async create(options) {
    const { user, challenge, excludeCredentials } = options;
    const publicKey = {
      ...options,
      challenge: bytesOf(challenge),
      user: { ...user, id: bytesOf(user.id) },
      excludeCredentials: excludeCredentials.map(known),
    };
    const made = await asked('create', publicKey);
    const { clientDataJSON, attestationObject, getTransports } = made.response;
    return {
      ...named(made),
      response: {
        clientDataJSON: textOf(clientDataJSON),
        attestationObject: textOf(attestationObject),
        // Browsers of some years ago do not tell.
        ...(getTransports && { transports: getTransports.call(made.response) }),
      },
    };
  },

  async get(options) {
    const { challenge, allowCredentials } = options;
    const publicKey = {
      ...options,
      challenge: bytesOf(challenge),
      allowCredentials: allowCredentials.map(known),
    };
    const used = await asked('get', publicKey);
    const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
    return {
      ...named(used),
      response: {
        clientDataJSON: textOf(clientDataJSON),
        authenticatorData: textOf(authenticatorData),
        signature: textOf(signature),
        ...(userHandle && { userHandle: textOf(userHandle) }),
      },
    };
  },
};

// Told by shape, as the project may not know the types of the DOM.
interface Container {
  create(options: object): Promise<unknown>;
  get(options: object): Promise<unknown>;
}

interface Credential {
  readonly id: string;
  readonly rawId: ArrayBuffer;
  readonly response: Record<
    'clientDataJSON' | 'attestationObject' | 'authenticatorData' | 'signature',
    ArrayBuffer
  > & {
    readonly userHandle?: ArrayBuffer | null;
    readonly getTransports?: () => string[];
  };
}

function container(): Container | undefined {
  const { PublicKeyCredential, navigator } = globalThis as {
    PublicKeyCredential?: unknown;
    navigator?: { credentials?: Container };
  };
  return PublicKeyCredential ? navigator?.credentials : undefined;
}

async function asked(verb: 'create' | 'get', publicKey: object): Promise<Credential> {
  const credentials = container();
  if (!credentials) {
    throw new PasskeyError('not_supported', 'This browser knows no passkeys on this page');
  }
  try {
    const credential = await credentials[verb]({ publicKey });
    if (credential) return credential as Credential;
  } catch (cause) {
    throw failureOf(cause);
  }
  throw new PasskeyError('cancelled', 'No passkey was chosen');
}

function failureOf(cause: unknown): PasskeyError {
  const { name, message } = cause as Error;
  const [reason, text] = failures[name] ?? (['failed', message] as const);
  return new PasskeyError(reason, text, { cause });
}

const cancelled = ['cancelled', 'The person cancelled it, or it took too long'] as const;

const failures: Readonly<Record<string, readonly [PasskeyFailure, string]>> = {
  NotAllowedError: cancelled,
  AbortError: cancelled,
  InvalidStateError: ['already_registered', 'The device has a passkey of this account already'],
  NotSupportedError: ['not_supported', 'The device makes no passkeys as they are asked for here'],
};

function named({ id, rawId }: Credential) {
  return { id, rawId: textOf(rawId), type: 'public-key' as const };
}

function known({ id, type, transports }: PasskeyRequest['allowCredentials'][number]) {
  return { id: bytesOf(id), type, transports };
}

/** From base64url, which browsers have no function for yet. */
function bytesOf(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
