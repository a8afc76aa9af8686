/** All faults, in the order of the report. */
import type { Scenario } from './scenario.ts';
import { backendsTerminated, databaseRestarted } from './scenarios/database.ts';
import { hoursClosed, planChanged } from './scenarios/plans.ts';
import { killedAfterClaim, killedBeforeSettle, killedDuringSend, killedWhileSettling } from './scenarios/points.ts';
import { fourWorkers, killed, stopped } from './scenarios/processes.ts';
import { busyForAWhile, garbageAnswered, recipientsRefused, resetAfterAcceptance, slowAccount } from './scenarios/provider.ts';
import { stops } from './scenarios/stops.ts';

export const battery: readonly Scenario[] = [
  killed,
  killedAfterClaim,
  killedDuringSend,
  killedBeforeSettle,
  killedWhileSettling,
  stopped,
  fourWorkers,
  databaseRestarted,
  backendsTerminated,
  slowAccount,
  busyForAWhile,
  resetAfterAcceptance,
  garbageAnswered,
  recipientsRefused,
  stops,
  hoursClosed,
  planChanged,
];
