import { router } from './trpc.ts';

export const sequencesRouter = router({});
