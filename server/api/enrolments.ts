import { router } from './trpc.ts';

export const enrolmentsRouter = router({});
