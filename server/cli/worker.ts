/** `npm run worker`: one worker process alone. Any number may run, on any number of hosts. */
import { runInForeground } from './foreground.ts';

await runInForeground({ nodeEnv: 'production', processes: ['worker'] });
