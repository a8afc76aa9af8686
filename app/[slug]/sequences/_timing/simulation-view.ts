/** What the list and the calendar of a simulation both show. */
import type { ClosedDates, CompiledDefinition, WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { Simulation } from '#server/domain/simulate.ts';

export interface SimulationViewProps {
  compiled: CompiledDefinition;
  simulation: Simulation;
  rules: WorkspaceRules;
  closedDates: ClosedDates;
  startAt: Date;
  zone: string;
  onOutcomeChange: (stepKey: string, outcome: string) => void;
  /** Opens a step beside the simulation. */
  onStepSelect?: ((stepKey: string) => void) | undefined;
}
