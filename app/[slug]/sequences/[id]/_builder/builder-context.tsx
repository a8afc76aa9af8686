'use client';
/** What every part of the builder looks at: the plan, what is wrong with it, when it happens, and what steps may use. */
import type { inferRouterOutputs } from '@trpc/server';
import { createContext, useContext } from 'react';
import type { AppRouter } from '#server/api/root.ts';
import type { Problem } from '#server/domain/definition/problems.ts';
import type { Definition, Step } from '#server/domain/definition/schema.ts';
import type { ScheduledStep } from './schedule.ts';

type Outputs = inferRouterOutputs<AppRouter>;
export type SequenceDetail = Outputs['sequences']['get'];
export type Account = Outputs['channels']['list']['items'][number];
export type Chatbot = Outputs['chatbots']['list']['items'][number];
export type ContactField = Outputs['contacts']['fields']['items'][number];

export interface BuilderValue {
  readonly slug: string;
  readonly sequence: SequenceDetail;
  readonly definition: Definition;
  /** Every step's place in reading order, from 1: the same numbers as in people and results. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly mayEdit: boolean;
  readonly change: (update: (before: Definition) => Definition) => void;
  readonly changeStep: (key: string, update: (before: Step) => Step) => void;
  readonly selectedKey: string | null;
  readonly select: (key: string | null) => void;
  readonly schedule: ReadonlyMap<string, ScheduledStep>;
  /** The zone that the schedule is told in. */
  readonly zone: string;
  readonly problems: readonly Problem[];
  /** People who stand at each step now. */
  readonly waiting: ReadonlyMap<string, number>;
  readonly accounts: readonly Account[];
  readonly chatbots: readonly Chatbot[];
  readonly fields: readonly ContactField[];
}

/** What steps may use, as the page loaded it. */
export type Resources = Pick<BuilderValue, 'accounts' | 'chatbots' | 'fields'>;

export const BuilderContext = createContext<BuilderValue | null>(null);

export function useBuilder(): BuilderValue {
  const value = useContext(BuilderContext);
  if (!value) throw new Error('This part belongs inside of the builder.');
  return value;
}
