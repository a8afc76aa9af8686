'use client';
/** What a person has chosen in the simulation. Whoever shows the panel keeps it, so that opening a step and coming back
 *  finds everything as it was. */
import { useState } from 'react';

export interface SimulationStart {
  /** Local date and time of day. */
  readonly date: string;
  readonly time: string;
}

export type SimulationShown = 'list' | 'calendar';

export interface SimulationChoices {
  readonly contactId: string | null;
  /** Null: now. */
  readonly start: SimulationStart | null;
  /** Step key → outcome. */
  readonly outcomes: Readonly<Record<string, string>>;
  readonly shown: SimulationShown;
}

export interface SimulationState extends SimulationChoices {
  readonly choose: (part: Partial<SimulationChoices>) => void;
}

export function useSimulationState(): SimulationState {
  const [choices, setChoices] = useState<SimulationChoices>({ contactId: null, start: null, outcomes: {}, shown: 'list' });
  return { ...choices, choose: (part) => setChoices((before) => ({ ...before, ...part })) };
}
