import type { Brought } from '../operations/operations.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * Tells the platform what the features do later, hear of, hold and say in further languages, and
 * makes room for their jobs.
 */
export function introduce(
  { jobs, events, followers, mail, revocations, resealing, personalData }: Platform,
  features: Readonly<Record<string, Brought>>,
): Promise<void> {
  const brought = Object.values(features);
  const works = [
    ...mail.works(),
    ...events.works(),
    ...revocations.works(),
    ...resealing.works(),
    ...brought.flatMap((feature) => feature.jobs ?? []),
  ];
  jobs.introduce(works);
  events.introduce(brought.flatMap(({ subscribers = [] }) => subscribers));
  followers.introduce(brought.flatMap((feature) => feature.followers ?? []));
  resealing.introduce(
    [...mail.sealed, ...brought.flatMap(({ sealed = [] }) => sealed)],
    works.map(({ job }) => job),
  );
  personalData.introduce(brought.flatMap((feature) => feature.personalData ?? []));
  mail.introduce(brought.flatMap(({ translations = [] }) => translations));
  return jobs.prepare();
}
