import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { section, when } from './section.ts';
import { flag, whole } from './values.ts';

/** Beside what else development keeps: a folder of the checkout that git does not know. */
const ownFolder = fileURLToPath(new URL('../../.charter/storage', import.meta.url));

export const storage = section({
  settings: {
    STORAGE_PATH: z
      .string()
      .regex(/^\//, 'write the whole path of a folder, as /var/lib/charter')
      .optional(),
    S3_BUCKET: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'write the name of a bucket, as charter-files')
      .optional(),
    S3_ENDPOINT: z
      .url({ protocol: /^https?$/, error: 'write https://… or http://…, without the bucket' })
      .optional(),
    S3_REGION: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'write a region, as eu-central-1 or auto')
      .default('us-east-1'),
    S3_PREFIX: z
      .string()
      .max(200)
      .regex(/^([\w.-]+\/)*$/, 'write letters, digits and ._- with a slash at the end, as charter/')
      .default(''),
    S3_ACCESS_KEY_ID: z.string().regex(/^\S+$/, 'write it without spaces').optional(),
    S3_SECRET_ACCESS_KEY: z.string().regex(/^\S+$/, 'write it without spaces').optional(),
    S3_PATH_STYLE: flag.optional(),
    S3_ENCRYPTION: z.enum(['AES256', 'aws:kms']).optional(),
    S3_TIMEOUT_MS: whole(100, 120_000).default(10_000),
  },
  build: (given) => ({
    /** Where files are kept, such as the archives of exports, unless there is a bucket. */
    path: given.STORAGE_PATH ?? ownFolder,
    isChosen: given.STORAGE_PATH !== undefined,
    /** Undefined: the folder is used, and nothing of S3 is loaded. */
    s3:
      given.S3_BUCKET === undefined
        ? undefined
        : {
            bucket: given.S3_BUCKET,
            /** Undefined: Amazon's, in the region. */
            endpoint: given.S3_ENDPOINT,
            region: given.S3_REGION,
            /** What every key begins with. */
            prefix: given.S3_PREFIX,
            /** Each undefined where the machine has a role. */
            accessKeyId: given.S3_ACCESS_KEY_ID,
            secretAccessKey: given.S3_SECRET_ACCESS_KEY,
            /** Whether the bucket stands in the path, and not in the name of the host. */
            hasPathStyle: given.S3_PATH_STYLE ?? given.S3_ENDPOINT !== undefined,
            /** How files lie there; undefined: as the bucket says. */
            encryption: given.S3_ENCRYPTION,
            /** How long it may keep silent. */
            timeoutMs: given.S3_TIMEOUT_MS,
          },
  }),
  refuse: (given) => {
    const { S3_BUCKET, S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret } = given;
    const isMeant = [given.S3_ENDPOINT, id, secret].some((value) => value !== undefined);
    return [
      ...when(
        isMeant && S3_BUCKET === undefined,
        'S3_BUCKET: is not set, and other settings of S3 are; name the bucket, or remove the others',
      ),
      ...when(
        id === undefined && secret !== undefined,
        'S3_ACCESS_KEY_ID: is not set, and S3_SECRET_ACCESS_KEY is; a key has both',
      ),
      ...when(
        id !== undefined && secret === undefined,
        'S3_SECRET_ACCESS_KEY: is not set, and S3_ACCESS_KEY_ID is; a key has both (or name a file in S3_SECRET_ACCESS_KEY_FILE)',
      ),
    ];
  },
  warn: ({ isChosen, s3 }, { isProduction }) => [
    ...when(
      isProduction && !isChosen && !s3,
      'STORAGE_PATH is not set, nor is S3_BUCKET: archives of exports are kept beside the code, where other processes may not find them.',
    ),
    ...when(
      isProduction && s3?.endpoint?.startsWith('http:') === true,
      'S3_ENDPOINT is not https: files, and who may fetch them, can be read on the way.',
    ),
  ],
});

export type StorageConfig = ReturnType<typeof storage.build>;
export type S3Config = NonNullable<StorageConfig['s3']>;
