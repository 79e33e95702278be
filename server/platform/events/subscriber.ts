import type { EventData, EventName } from '../../../contract/events.ts';

/** An event as it was written down. */
export interface PublishedEvent<Name extends EventName = EventName> {
  readonly id: string;
  readonly name: Name;
  readonly version: number;
  readonly occurredAt: Date;
  readonly data: EventData<Name>;
}

/** Somebody inside the service who hears of an event, by a job of their own. */
export interface Subscriber {
  /** Stored in the job: unique, and as lasting as the name of a job. */
  readonly name: string;
  readonly event: EventName;
  readonly hear: (event: PublishedEvent) => Promise<void>;
  /** Where it is left out, all events of the kind do: else the others get no job. */
  readonly concerns?: (data: PublishedEvent['data']) => boolean;
}

/** Hears of one kind of event, at least once and in no order; throwing means once more. */
export function onEvent<Name extends EventName>(
  event: Name,
  name: string,
  hear: (event: PublishedEvent<Name>) => Promise<void>,
  concerns: (data: EventData<Name>) => boolean = () => true,
): Subscriber {
  return {
    name,
    event,
    hear: hear as Subscriber['hear'],
    concerns: concerns as NonNullable<Subscriber['concerns']>,
  };
}
