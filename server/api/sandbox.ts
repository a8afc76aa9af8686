import { router } from './trpc.ts';

export const sandboxRouter = router({});
