import type { Handlers } from '../../server/operations/handlers.ts';
import type { Parcels, StoredParcel } from './service.ts';
import type { Parcel as ParcelV1, parcels as v1 } from './v1.ts';
import type { Parcel as ParcelV2, parcels as v2 } from './v2.ts';

/** A version is a view: the same row, shown as it was promised. */
const viewV1 = ({ code, grams }: StoredParcel): ParcelV1 => ({
  code,
  weight: `${grams / 1_000} kg`,
});

const viewV2 = ({ code, grams }: StoredParcel): ParcelV2 => ({ code, weightGrams: grams });

export function parcelsHandlers(parcels: Parcels): Handlers<typeof v1> {
  return {
    get: async ({ actor, params }) => ({
      status: 200,
      body: viewV1(await parcels.get(actor, params.code)),
    }),
    count: async () => ({ status: 200, body: { parcels: await parcels.count() } }),
  };
}

export function parcelsV2Handlers(parcels: Parcels): Handlers<typeof v2> {
  return {
    get: async ({ actor, params }) => ({
      status: 200,
      body: viewV2(await parcels.get(actor, params.code)),
    }),
  };
}
