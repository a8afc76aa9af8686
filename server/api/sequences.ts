import { simulateProcedures } from './sequence-simulate.ts';
import { router } from './trpc.ts';

export const sequencesRouter = router({
  ...simulateProcedures,
});
