import type { Facet } from './facet.ts';

/** What a call means to those who look back. Audit entries and log lines carry it, and are found by it. */
export interface MarksMetadata {
  /**
   * It changes what keeps intruders out: proofs of who somebody is, where an account is signed in,
   * rights. Whoever looks for an attack begins here. Signing in is none: that is found by its name.
   */
  readonly safety?: true;
  /**
   * Somebody may have to show that it was done, or who did it: the data of a person read by others,
   * changed, given out or erased; rights given and taken; the audit read.
   */
  readonly compliance?: true;
}

export interface Marks {
  readonly safety: boolean;
  readonly compliance: boolean;
}

export const unmarked: Marks = { safety: false, compliance: false };

export function marksOf({ safety = false, compliance = false }: Partial<Marks>): Marks {
  return { safety, compliance };
}

export const marks: Facet<MarksMetadata, Marks> = {
  read: ({ metadata: { safety, compliance } }) =>
    safety || compliance ? marksOf({ safety, compliance }) : undefined,
  problems: [],
  headers: [],
  describe: ({ safety, compliance }) => ({
    ...(safety && { 'x-safety': true }),
    ...(compliance && { 'x-compliance': true }),
  }),
};
