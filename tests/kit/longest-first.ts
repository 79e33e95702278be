import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They take minutes: begun last, they would leave the other workers idle at the end. */
const longest = /full\/(pairs|jobs|single-use-factors|guides)\.test\.ts$/;

/** The order in which files are begun. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => longest.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
