/** How long a page of a million contacts takes at the procedure: lists in every order, searches as people type them, filters that
 *  many fulfil, few, and nobody. Each case is asked in turn with the others, as a team does, and not warm from the one before. */
import { appRouter } from '#server/api/root.ts';
import { createCaller } from '#server/api/trpc.ts';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import { type ContactPopulation, makeContactPopulation } from './contact-population.ts';
import { type Bench, type Figure, p95, timed } from './figure.ts';

const contacts = Number(process.env['BENCH_CONTACTS'] ?? 1_000_000);
const rounds = 40;
const mostMs = 100;
const mostExactMs = 3_000;

type Api = ReturnType<ReturnType<typeof createCaller<(typeof appRouter)['_def']['record']>>>;
type Call = (round: number) => Promise<unknown>;

export async function listLatency({ db }: Bench): Promise<Figure[]> {
  return latencies(db, await makeContactPopulation(db, contacts), rounds);
}

/** Every case `rounds` times, over contacts that are there. */
export async function latencies(db: Bench['db'], population: ContactPopulation, rounds: number): Promise<Figure[]> {
  const api = createCaller(appRouter)({ db, actor: population.actor });
  const cases = { ...pages(api), ...searches(api), ...(await filters(api, population)), ...counts(api) };
  const took = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(cases)) took.get(name)?.push(await timed(() => call(round)));
  }
  return [...took].map(([name, milliseconds]) => figure(name, milliseconds));
}

function figure(name: string, milliseconds: readonly number[]): Figure {
  const value = p95(milliseconds);
  const most = name.startsWith('exact count') ? mostExactMs : mostMs;
  return {
    name: `list-latency: ${name}`,
    value,
    unit: 'ms (p95)',
    ratio: null,
    against: null,
    target: `at most ${most}`,
    pass: value <= most,
  };
}

function pages(api: Api): Record<string, Call> {
  /** Goes on from page to page, and begins again at the end. */
  const following = (sort: 'created' | 'name' | 'updated'): Call => {
    let cursor: string | null = null;
    return async () => {
      cursor = (await api.contacts.list({ sort, cursor })).nextCursor;
    };
  };
  return {
    'newest first': following('created'),
    'by name': following('name'),
    'last changed first': following('updated'),
    'names from the middle': (round) =>
      api.contacts.list({ sort: 'name', cursor: `00000000-0000-7000-8000-000000000000|${'bcdefghijl'[round % 10]}` }),
    'pages of 200': () => api.contacts.list({ limit: 200 }),
  };
}

function searches(api: Api): Record<string, Call> {
  const search =
    (text: (round: number) => string): Call =>
    (round) =>
      api.contacts.list({ search: text(round) });
  const phone = (round: number) => String(900_000_000 + 17 + round * 24_001);
  return {
    'search: a first name': search((round) => ['ana', 'joao', 'Sônia', 'miguel'][round % 4] ?? ''),
    'search: two names': search((round) => ['ana souza', 'gonçalves joão', 'vera lima'][round % 3] ?? ''),
    'search: three names': search((round) => ['ana souza ribeiro', 'joao prado nunes', 'nina lima lima'][round % 3] ?? ''),
    'search: an e-mail': search((round) => `pessoa${1 + round * 20_011}@exemplo.com`),
    'search: a phone as people write it': search((round) => `(11) ${phone(round).slice(0, 5)}-${phone(round).slice(5)}`),
    'search: a phone with country code': search((round) => `+55 11 ${phone(round)}`),
    'search: the end of a phone': search((round) => phone(round).slice(3)),
    'search: a village': search((round) => `vila ${1 + round}`),
    'search: two letters': search((round) => ['an', 'jo', 'so', 'li'][round % 4] ?? ''),
    'search: two letters of nobody': search((round) => ['zx', 'qq', 'ww'][round % 3] ?? ''),
    'search: nobody': search((round) => `nobody${round}`),
    'search, by name': (round) => api.contacts.list({ search: ['ana', 'vera lima'][round % 2], sort: 'name' }),
  };
}

async function filters(api: Api, { sequenceId, ownerId, importId }: ContactPopulation): Promise<Record<string, Call>> {
  const where = (condition: (round: number) => ContactCondition, sort?: 'name' | 'updated'): Call => {
    return (round) => api.contacts.list({ where: condition(round), ...(sort && { sort }) });
  };
  const field = (key: string, op: 'is' | 'isNot' | 'moreThan' | 'lessThan' | 'isEmpty', value?: string | number): ContactCondition => ({
    on: 'field',
    key,
    op,
    ...(value !== undefined && { value }),
  });
  const segment = await api.segments.create({
    name: 'Ouro em Recife',
    filter: { where: { on: 'all', of: [field('plan', 'is', 'Ouro'), field('city', 'is', 'Recife')] } },
  });
  return {
    'tag of a quarter': (round) => api.contacts.list({ tag: 'cliente', ...(round % 2 && { sort: 'name' as const }) }),
    'tag of one in 400': (round) => api.contacts.list({ tag: 'feira', ...(round % 2 && { sort: 'name' as const }) }),
    'tag of eleven': (round) => api.contacts.list({ tag: 'imprensa', ...(round % 2 && { sort: 'updated' as const }) }),
    'tag and search': () => api.contacts.list({ tag: 'imprensa', search: 'ana' }),
    'without a tag': where(() => ({ on: 'tags', op: 'hasNone', tags: ['cliente'] })),
    'field: a choice': where(() => field('plan', 'is', 'Ouro')),
    'field: a choice, by name': where(() => field('plan', 'is', 'Ouro'), 'name'),
    'field: a village': where((round) => field('city', 'is', `Vila ${1 + round}`)),
    'field: a number of one in 10,000': where((round) => field('points', 'is', 1_000 + round)),
    'field: a range of one in 100': where(() => field('points', 'moreThan', 9_900)),
    'field: a range of nobody': where(() => field('points', 'moreThan', 20_000)),
    'field: a range of nobody, by name': where(() => field('points', 'moreThan', 20_000), 'name'),
    'field: empty for nobody': where(() => field('city', 'isEmpty')),
    'in a sequence': where(() => ({ on: 'inSequence', op: 'is', sequenceIds: [sequenceId] })),
    'in no sequence': where(() => ({ on: 'inSequence', op: 'isNot' })),
    'replied this week': where(() => ({ on: 'replied', op: 'inLastDays', days: 7 })),
    'not contacted for 30 days': where(() => ({ on: 'contacted', op: 'notInLastDays', days: 30 })),
    'contacted this week': where(() => ({ on: 'contacted', op: 'inLastDays', days: 7 }), 'updated'),
    'of an owner': where(() => ({ on: 'owner', op: 'isAnyOf', memberIds: [ownerId] })),
    'without an owner, by name': where(() => ({ on: 'owner', op: 'isEmpty' }), 'name'),
    'with notes': where(() => ({ on: 'notes', op: 'isNotEmpty' })),
    'notes of one': where((round) => ({ on: 'notes', op: 'contains', value: `pedido ${30_000 + round * 3_000}` })),
    'notes of nobody': where((round) => ({ on: 'notes', op: 'contains', value: `ninguém ${round}` }), 'name'),
    'agreed to e-mail': where(() => ({ on: 'consent', op: 'given', channelKind: 'smtp' })),
    'took it back, by name': where(() => ({ on: 'consent', op: 'withdrawn' }), 'name'),
    'nothing recorded': where(() => ({ on: 'consent', op: 'isEmpty' })),
    'agreed within a day': where(() => ({ on: 'consent', op: 'given', inLastDays: 1 })),
    'agreed, by a source of nobody': where((round) => ({ on: 'consent', op: 'given', source: `ninguém ${round}` })),
    'made by an old import': where(() => ({ on: 'import', op: 'created', importIds: [importId] })),
    'made by an old import, by name': where(() => ({ on: 'import', op: 'created', importIds: [importId] }), 'name'),
    'changed by an old import': where(() => ({ on: 'import', op: 'updated', importIds: [importId] })),
    'not in its file': where(() => ({ on: 'import', op: 'notNamed', importIds: [importId] }), 'updated'),
    'opted out': where(() => ({ on: 'optedOut', op: 'is' }), 'updated'),
    'opted out of a channel of ten': where(() => ({ on: 'optedOut', op: 'is', channelKind: 'sandbox' })),
    'on the suppression list': where(() => ({ on: 'suppressed', op: 'is' })),
    'on the suppression list by e-mail (nobody)': where(() => ({ on: 'suppressed', op: 'is', address: 'email' })),
    'may be written to': where(() => ({
      on: 'all',
      of: [
        { on: 'consent', op: 'given', channelKind: 'smtp' },
        { on: 'optedOut', op: 'isNot', channelKind: 'smtp' },
        { on: 'suppressed', op: 'isNot' },
      ],
    })),
    'and, or': where((round) => ({
      on: 'all',
      of: [
        {
          on: 'any',
          of: [field('city', 'is', 'Recife'), field('city', 'is', `Vila ${round}`), { on: 'tags', op: 'hasAny', tags: ['feira'] }],
        },
        field('plan', 'isNot', 'Bronze'),
        { on: 'contacted', op: 'notInLastDays', days: 15 },
        { on: 'email', op: 'isNotEmpty' },
      ],
    })),
    'a segment': () => api.contacts.list({ segmentId: segment.id }),
    'a segment and a search': () => api.contacts.list({ segmentId: segment.id, search: 'ana lima' }),
  };
}

/** First answers are quick; the exact ones, which follow where few match, may read everybody. */
function counts(api: Api): Record<string, Call> {
  const few: ContactCondition = { on: 'field', key: 'points', op: 'moreThan', value: 9_997 };
  return {
    'count: everybody': () => api.contacts.count({ precision: 'quick' }),
    'count: a search': (round) => api.contacts.count({ search: ['ana', 'vera lima', 'vila 12'][round % 3], precision: 'quick' }),
    'count: a tag': (round) => api.contacts.count({ tag: ['cliente', 'feira', 'imprensa'][round % 3], precision: 'quick' }),
    'count: a range of one in 1,000': () => api.contacts.count({ where: few, precision: 'quick' }),
    'count: a choice': () => api.contacts.count({ where: { on: 'field', key: 'plan', op: 'is', value: 'Ouro' }, precision: 'quick' }),
    'count: agreed to e-mail': () => api.contacts.count({ where: { on: 'consent', op: 'given', channelKind: 'smtp' }, precision: 'quick' }),
    'count: opted out': () => api.contacts.count({ where: { on: 'optedOut', op: 'is' }, precision: 'quick' }),
    'count: on the suppression list': () => api.contacts.count({ where: { on: 'suppressed', op: 'is' }, precision: 'quick' }),
    'exact count: a range of one in 1,000': () => api.contacts.count({ where: few }),
    'exact count: on the suppression list': () => api.contacts.count({ where: { on: 'suppressed', op: 'is' } }),
  };
}
