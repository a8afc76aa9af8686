/** What a fault is: a size of the world, and what is done to it while it sends. */
import type { Db } from '#db/client.ts';
import type { Crew } from './crew.ts';
import type { Provider } from './provider-process.ts';
import type { Random } from './random.ts';
import type { World, WorldSize } from './world.ts';

/** A database of the scenario's own, under a clock that it moves. */
export interface FaultDatabase {
  readonly db: Db;
  readonly url: string;
  setClock(instant: string | Date): Promise<void>;
  advanceClock(milliseconds: number): Promise<void>;
}

export interface Stage {
  readonly database: FaultDatabase;
  readonly world: World;
  readonly provider: Provider;
  readonly crew: Crew;
  readonly random: Random;
  readonly isShort: boolean;
  /** Restarts PostgreSQL, as `pg_ctl restart -m` does. Throws where the server is not the battery's own. */
  readonly restartDatabase: (how: RestartMode) => Promise<void>;
}

export type RestartMode = 'fast' | 'immediate';

export interface Scenario {
  readonly name: string;
  readonly workers: number;
  readonly long: WorldSize;
  readonly short: WorldSize;
  /** Called before anybody is enrolled. */
  prepare?(stage: Stage): Promise<void>;
  /** Called while the world sends; the fault is over when it resolves. */
  run(stage: Stage): Promise<void>;
}
