/** What the pages of a workspace ask when they open, over a million people in one sequence and millions of messages: numbers beside
 *  sequences and on the home page, and filters by what was said to whom. Then the search for duplicates among the million, by itself.
 *  BENCH_CONTACTS and BENCH_MESSAGES: how many. */
import { appRouter } from '#server/api/root.ts';
import { createCaller } from '#server/api/trpc.ts';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import { findDuplicatesIn } from '#server/use-cases/contacts/find-duplicates.ts';
import { type ContactPopulation, makeContactPopulation } from './contact-population.ts';
import { type Bench, type Figure, p95, timed } from './figure.ts';
import { makeHistory } from './history-population.ts';

const contacts = Number(process.env['BENCH_CONTACTS'] ?? 1_000_000);
const messages = Number(process.env['BENCH_MESSAGES'] ?? 3_000_000);
const rounds = 20;
const mostMs = { page: 200, filter: 100 };
const mostSeconds = 60;
const mostMegabytes = 300;

type Call = () => Promise<unknown>;

export async function overviews({ db }: Bench): Promise<Figure[]> {
  const population = await makeContactPopulation(db, contacts);
  const sequenceId = await makeHistory(db, population, messages);
  return [...(await latencies(db, population, sequenceId)), ...(await duplicates(db, population))];
}

/** Every case `rounds` times, in turn with the others. */
export async function latencies(db: Bench['db'], population: ContactPopulation, sequenceId: string): Promise<Figure[]> {
  const api = createCaller(appRouter)({ db, actor: population.actor });
  const pages: Record<string, Call> = {
    'sequences.get': () => api.sequences.get({ id: sequenceId }),
    'sequences.get of one in twenty': () => api.sequences.get({ id: population.sequenceId }),
    'sequences.list': () => api.sequences.list(),
    'home: overview': () => api.workspace.overview({}),
    'home: first steps': () => api.workspace.checklist({}),
    'people of a sequence': () => api.sequences.people({ id: sequenceId }),
    'results of a sequence': () => api.sequences.results({ id: sequenceId }),
    'system health': () => api.system.health({}),
  };
  const where = (on: 'contacted' | 'replied', op: 'inLastDays' | 'notInLastDays', days: number, sort?: 'name'): Call => {
    const condition: ContactCondition = { on, op, days };
    return () => api.contacts.list({ where: condition, ...(sort && { sort }) });
  };
  const count = (on: 'contacted' | 'replied', op: 'inLastDays' | 'notInLastDays', days: number): Call => {
    return () => api.contacts.count({ where: { on, op, days }, precision: 'quick' });
  };
  const filters: Record<string, Call> = {
    'contacted this week (one in a thousand)': where('contacted', 'inLastDays', 7),
    'contacted this week, by name': where('contacted', 'inLastDays', 7, 'name'),
    'contacted today (nobody)': where('contacted', 'inLastDays', 1),
    'contacted in 90 days': where('contacted', 'inLastDays', 90),
    'not contacted for 30 days': where('contacted', 'notInLastDays', 30),
    'not contacted for 400 days (few)': where('contacted', 'notInLastDays', 400),
    'not contacted for 1,000 days (nobody), by name': where('contacted', 'notInLastDays', 1_000, 'name'),
    'replied this week': where('replied', 'inLastDays', 7),
    'replied in 365 days': where('replied', 'inLastDays', 365),
    'no reply for 90 days': where('replied', 'notInLastDays', 90),
    'count: contacted this week': count('contacted', 'inLastDays', 7),
    'count: not contacted for 30 days': count('contacted', 'notInLastDays', 30),
    'count: replied in 90 days': count('replied', 'inLastDays', 90),
  };
  const cases = [
    ...Object.entries(pages).map(([name, call]) => ({ name, call, most: mostMs.page, took: [] as number[] })),
    ...Object.entries(filters).map(([name, call]) => ({ name, call, most: mostMs.filter, took: [] as number[] })),
  ];
  for (let round = 0; round < rounds; round += 1) {
    for (const { call, took } of cases) took.push(await timed(call));
  }
  return cases.map(({ name, most, took }) => {
    const value = p95(took);
    return {
      name: `overviews: ${name}`,
      value,
      unit: 'ms (p95)',
      ratio: null,
      against: null,
      target: `at most ${most}`,
      pass: value <= most,
    };
  });
}

/** Seconds, and what memory the process takes for it at its peak. */
async function duplicates(db: Bench['db'], { actor }: ContactPopulation): Promise<Figure[]> {
  const before = process.memoryUsage.rss();
  let bytes = before;
  const look = setInterval(() => {
    bytes = Math.max(bytes, process.memoryUsage.rss());
  }, 20);
  const seconds = Math.round((await timed(() => db.transaction().execute((tx) => findDuplicatesIn(tx, actor.workspaceId)))) / 100) / 10;
  clearInterval(look);
  const megabytes = Math.round((bytes - before) / 1_000_000);
  const figure = (name: string, value: number, unit: string, most: number): Figure => ({
    name: `overviews: ${name}`,
    value,
    unit,
    ratio: null,
    against: null,
    target: `at most ${most}`,
    pass: value <= most,
  });
  return [figure('search for duplicates', seconds, 's', mostSeconds), figure('memory of that', megabytes, 'MB', mostMegabytes)];
}
