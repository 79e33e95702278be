import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nextNumber } from '../next-number.ts';
import { isService } from '../upgrade/origin.ts';
import { Draft } from './draft.ts';
import { assertFree } from './free-names.ts';
import { namesOf } from './names.ts';
import { registrations } from './registrations.ts';
import { fromTemplate } from './template.ts';

/** The files of `server/features/<noun>/`. */
const roles = ['model', 'policy', 'service', 'view', 'handlers', 'personal-data', 'feature'];

/** Everything that docs/adding-a-feature.md writes for a noun. */
export function draftFeature(root: string, noun: string, singular?: string): Draft {
  const names = namesOf(noun, singular);
  assertFree(root, names);
  const draft = new Draft(root);
  const { path, table } = names;
  draft.create(`contract/${path}.ts`, fromTemplate('contract', names));
  draft.create(
    `migrations/${nextNumber(root, readdirSync(join(root, 'migrations')))}_${table}.ts`,
    fromTemplate('migration', names),
  );
  for (const role of roles) {
    draft.create(`server/features/${path}/${role}.ts`, fromTemplate(role, names));
  }
  draft.create(`tests/features/${path}/${path}.test.ts`, fromTemplate('test', names));
  for (const insertion of registrations(names, isService(root))) draft.insert(insertion);
  return draft;
}
