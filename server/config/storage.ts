import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { section, when } from './section.ts';

/** Beside what else development keeps: a folder of the checkout that git does not know. */
const ownFolder = fileURLToPath(new URL('../../.charter/storage', import.meta.url));

export const storage = section({
  settings: {
    STORAGE_PATH: z
      .string()
      .regex(/^\//, 'write the whole path of a folder, as /var/lib/charter')
      .optional(),
  },
  build: (given) => ({
    /** Where files are kept, such as the archives of exports. */
    path: given.STORAGE_PATH ?? ownFolder,
    isChosen: given.STORAGE_PATH !== undefined,
  }),
  warn: ({ isChosen }, { isProduction }) =>
    when(
      isProduction && !isChosen,
      'STORAGE_PATH is not set: archives of exports are kept beside the code, where other processes may not find them.',
    ),
});
