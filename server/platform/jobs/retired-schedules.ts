/**
 * Names of jobs that an older release had scheduled and this one has no more. Whoever drops a schedule
 * adds its name here: a worker removes no line that it does not know, because it may be of a newer
 * release, whose workers run beside the older ones while it is rolled out.
 */
export const retiredSchedules: readonly string[] = [];
