import { section } from './section.ts';
import { flag, whole } from './values.ts';

export const jobs = section({
  settings: {
    JOBS_IN_API: flag.optional(),
    JOBS_STOP_SECONDS: whole(0, 600).default(10),
  },
  build: (given, { isProduction }) => ({
    /** Whether the process of the API works jobs off, too; otherwise `charter worker` has to. */
    inApi: given.JOBS_IN_API ?? !isProduction,
    /** How long attempts in flight may take to end when the process stops. */
    stopSeconds: given.JOBS_STOP_SECONDS,
  }),
});

export type JobsConfig = ReturnType<typeof jobs.build>;
