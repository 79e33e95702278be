import * as z from 'zod';
import { anyoneKnown, requires } from '../../contract/kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from '../../contract/kit/api.ts';
import { shown } from '../../contract/kit/scalars.ts';

/** The days that the tests walk through. */
export const since = '2031-03-01';
export const sunset = '2031-09-01';

const example = { code: 'P-1', weight: '1.5 kg' };

/** Its weight is a text, which nobody can add up: that is why there is a second version. */
export const Parcel = z
  .object({ code: shown({ max: 20 }), weight: shown({ max: 20 }) })
  .meta({ id: 'ExampleParcel', description: 'A parcel.', examples: [example] });
export type Parcel = z.infer<typeof Parcel>;

export const ParcelPath = z.object({
  code: z
    .string()
    .regex(/^P-\d{1,6}$/, 'Write P- and a number')
    .meta({ examples: ['P-1'] }),
});

export const parcels = c.router(
  {
    get: {
      method: 'GET',
      path: '/:code',
      summary: 'Get a parcel',
      description: 'Answers one parcel.',
      pathParams: ParcelPath,
      responses: { 200: Parcel },
      metadata: {
        access: requires('users:read'),
        deprecated: { since, sunset, use: 'exampleParcelsV2.get' },
      },
    },
    count: {
      method: 'GET',
      path: '',
      summary: 'Count the parcels',
      description: 'Answers how many there are.',
      responses: {
        200: z.object({ parcels: z.int().min(0) }).meta({
          id: 'ExampleParcelCount',
          description: 'How many there are.',
          examples: [{ parcels: 2 }],
        }),
      },
      // It stays as it is, so that nobody has to change for it.
      metadata: { access: anyoneKnown },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/example-parcels`),
);
