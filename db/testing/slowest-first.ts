/** The order of test files: the slow ones first, so that no core is left alone with one of them at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take more than five seconds, set-up included. A fresh clone knows no times and would go by size: most of these are small. */
const slow = [
  'jobs/faults/faults.test.ts',
  'server/use-cases/engine/stops-against-claims.test.ts',
  'server/use-cases/engine/agreement/agreement.test.ts',
  'server/client/package.test.ts',
  'server/api/authorisation/walk.test.ts',
  'server/use-cases/triggers/run-triggers.test.ts',
  'server/use-cases/imports/imports.test.ts',
  'server/domain/time/plan-properties.test.ts',
];

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = slow.findIndex((path) => moduleId.endsWith(`/${path}`));
      return place < 0 ? slow.length : place;
    };
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project.name);
    return [...byProject.values()].flatMap((ofProject) => ofProject.toSorted((a, b) => rank(a) - rank(b)));
  }
}
