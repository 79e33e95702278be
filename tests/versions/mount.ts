import type { Mount } from '../../server/app.ts';
import { parcelsHandlers, parcelsV2Handlers } from './handlers.ts';
import { Parcels } from './service.ts';
import { parcels as v1 } from './v1.ts';
import { parcels as v2 } from './v2.ts';

export const contract = { exampleParcels: v1, exampleParcelsV2: v2 };

export const tags = {
  exampleParcels: 'Parcels, as version 1 shows them.',
  exampleParcelsV2: 'Parcels.',
};

/** Two versions of one noun beside each other, as docs/versioning.md says. */
export const mount: Mount = () => {
  const parcels = new Parcels();
  return {
    contract,
    tags,
    features: {
      exampleParcels: { handlers: parcelsHandlers(parcels) },
      exampleParcelsV2: { handlers: parcelsV2Handlers(parcels) },
    },
  };
};
