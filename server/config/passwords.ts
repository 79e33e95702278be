import { section, when } from './section.ts';
import { whole } from './values.ts';

/** OWASP password storage: Argon2id with 19 MiB, two passes and one lane at the least. */
export const recommendedMemoryKib = 19_456;

export const passwords = section({
  settings: {
    PASSWORD_MIN_LENGTH: whole(8, 64).default(8),
    PASSWORD_REQUIRED_CLASSES: whole(0, 4).default(0),
    PASSWORD_HASH_MEMORY_KIB: whole(1_024, 1_048_576).default(recommendedMemoryKib),
    PASSWORD_HASH_WAIT_MS: whole(1, 600_000).default(2_000),
    PASSWORD_TURN_WAIT_MS: whole(1, 600_000).default(2_000),
  },
  build: (given) => ({
    minLength: given.PASSWORD_MIN_LENGTH,
    /** How many of lower case, upper case, digit and other must occur; 0 asks for none. */
    requiredClasses: given.PASSWORD_REQUIRED_CLASSES,
    memoryKib: given.PASSWORD_HASH_MEMORY_KIB,
    /** How long a hash may wait for the ones before it. */
    hashWaitMs: given.PASSWORD_HASH_WAIT_MS,
    /** How long one of several sign-ins at once may wait for its turn. */
    turnWaitMs: given.PASSWORD_TURN_WAIT_MS,
  }),
  refuse: ({ PASSWORD_HASH_MEMORY_KIB }) =>
    when(
      PASSWORD_HASH_MEMORY_KIB !== undefined && PASSWORD_HASH_MEMORY_KIB < recommendedMemoryKib,
      `PASSWORD_HASH_MEMORY_KIB: is too little; write ${recommendedMemoryKib} or more`,
    ),
});

export type PasswordsConfig = ReturnType<typeof passwords.build>;
