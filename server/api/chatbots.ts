import { router } from './trpc.ts';

export const chatbotsRouter = router({});
