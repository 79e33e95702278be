import * as z from 'zod';
import { streamed } from './kit/facets/streams.ts';
import { digestField, FileDigest, uploaded } from './kit/facets/uploads.ts';
import { Id } from './kit/scalars.ts';

/** What browsers show, and what holds no script: no SVG. */
export const avatarTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

export const avatarMaxBytes = 2_097_152;

const digest = 'sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:';

export const NewAvatar = z
  .strictObject({
    [digestField]: FileDigest.optional().describe(
      'The SHA-256 of the file, as `Repr-Digest` writes it (RFC 9530): where it is another one, nothing is kept.',
    ),
    file: uploaded({
      description: 'The picture: PNG, JPEG, WebP or GIF. It is kept and given out as it is.',
      maxBytes: avatarMaxBytes,
      mediaTypes: avatarTypes,
    }),
  })
  .meta({
    id: 'NewAvatar',
    description: 'A picture for an account.',
    examples: [{ file: 'the bytes of a picture' }],
  });
export type NewAvatar = z.output<typeof NewAvatar>;

export const Avatar = z
  .object({
    id: Id.describe('Another one for each picture.'),
    mediaType: z.enum(avatarTypes).describe('By its content.'),
    bytes: z.int().min(1).max(avatarMaxBytes),
    digest: FileDigest,
  })
  .meta({
    id: 'Avatar',
    description: 'What is known of a picture that was kept.',
    examples: [
      {
        id: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
        mediaType: 'image/png',
        bytes: 20_480,
        digest,
      },
    ],
  });
export type Avatar = z.infer<typeof Avatar>;

/** In an account, whoever sees it: tells that there is a picture, and when it is another one. */
export const AvatarId = Id.nullable().describe(
  'Of the picture, another one whenever it changes; null where there is none.',
);

/** How a picture is given out, of whichever account. */
export const avatarRead = {
  responses: { 200: streamed('The picture as it was uploaded, to be saved or shown.') },
  metadata: {
    streams: { contentType: avatarTypes },
    conditional: true,
    // One that was removed may be seen for as long.
    cache: { by: 'caller', seconds: 60 },
  },
} as const;
