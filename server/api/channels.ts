import { router } from './trpc.ts';

export const channelsRouter = router({});
