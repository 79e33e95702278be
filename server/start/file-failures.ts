import type { Explanation } from '../platform/start-failure.ts';

const notOurs = `Give the checkout to yourself (chown -R, chmod -R u+rwX), or run a clone of your own; in node_modules, \`npm ci\` puts it right.
A checkout that stays read-only is served with DATABASE_URL and SECRET_KEYS set.`;
const full = 'Make room, and run the same command again.';

const whatToDo: Record<string, string> = {
  EACCES: notOurs,
  EPERM: notOurs,
  EROFS: notOurs,
  ENOSPC: full,
  EDQUOT: full,
  ENOENT: 'Correct the path: sslrootcert, sslcert and sslkey in DATABASE_URL name files.',
};

/** What a refusal of the file system means, whoever asked; undefined when it is something else. */
export function explainFileFailure(error: Error): Explanation | undefined {
  const { code = '', path, syscall = '' } = error as NodeJS.ErrnoException;
  const todo = whatToDo[code];
  // A connection to a socket is not about files, and a missing file of Charter is our mistake.
  if (todo === undefined || path === undefined || syscall === 'connect') return undefined;
  if (code === 'ENOENT' && !/\.(pem|crt|cer|key)$/.test(path)) return undefined;
  return { what: `Charter cannot use ${path}.`, why: error.message, todo };
}
