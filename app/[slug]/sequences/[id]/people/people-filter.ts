/** Which people are shown, as it stands in the address: every number of the results is such an address. */
import type { EnrolmentFilter } from '#server/domain/operation.ts';
import { exitReasons } from '#server/domain/enrolment-events.ts';
import { type StepMetric, stepMetrics } from '#server/domain/results.ts';

export const peopleStatuses = ['active', 'paused', 'held', 'ended'] as const;

export interface PeopleFilter {
  search?: string;
  status?: (typeof peopleStatuses)[number];
  exitReason?: (typeof exitReasons)[number];
  step?: { key: string; metric: StepMetric };
}

export function peopleFilterOf(params: Readonly<Record<string, string | string[] | undefined>>): PeopleFilter {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name].trim() : '');
  const search = text('search').slice(0, 200);
  const status = peopleStatuses.find((known) => known === text('status'));
  const exitReason = exitReasons.find((known) => known === text('exit'));
  const metric = stepMetrics.find((known) => known === text('metric'));
  const key = text('step').slice(0, 64);
  return {
    ...(search && { search }),
    ...(status && { status }),
    ...(exitReason && { exitReason }),
    ...(key && metric && { step: { key, metric } }),
  };
}

/** The same people for the controls of enrolments. */
export function enrolmentFilterOf(sequenceId: string, filter: PeopleFilter): EnrolmentFilter {
  return { sequenceId, ...filter };
}

export function peopleAddress(slug: string, sequenceId: string, filter: PeopleFilter): string {
  const params = new URLSearchParams();
  if (filter.search) params.set('search', filter.search);
  if (filter.status) params.set('status', filter.status);
  if (filter.exitReason) params.set('exit', filter.exitReason);
  if (filter.step) {
    params.set('step', filter.step.key);
    params.set('metric', filter.step.metric);
  }
  const path = `/${slug}/sequences/${sequenceId}/people`;
  return params.size > 0 ? `${path}?${params.toString()}` : path;
}
