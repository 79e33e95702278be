import * as z from 'zod';
import { requires } from '../../contract/kit/access.ts';
import { c, type Endpoints, under } from '../../contract/kit/api.ts';
import { shown } from '../../contract/kit/scalars.ts';
import { ParcelPath } from './v1.ts';

export const Parcel = z
  .object({ code: shown({ max: 20 }), weightGrams: z.int().min(0).max(1_000_000) })
  .meta({
    id: 'ExampleParcelV2',
    description: 'A parcel.',
    examples: [{ code: 'P-1', weightGrams: 1_500 }],
  });
export type Parcel = z.infer<typeof Parcel>;

export const parcels = c.router(
  {
    get: {
      method: 'GET',
      path: '/:code',
      summary: 'Get a parcel',
      description: 'Answers one parcel.',
      pathParams: ParcelPath,
      responses: { 200: Parcel },
      metadata: { access: requires('users:read') },
    },
  } satisfies Endpoints,
  under('/api/v2/example-parcels'),
);
