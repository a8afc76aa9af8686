import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
let workspaceId = '';
let channelAccountId = '';
let api: ReturnType<typeof callerOf>;

const callerOf = (id: string) => createCaller(appRouter)({ db: database.db, actor: systemActor(id) });

async function newWorkspace(slug: string): Promise<string> {
  const { id } = await database.db.insertInto('workspaces').values({ slug, name: slug }).returning('id').executeTakeFirstOrThrow();
  return id;
}

beforeEach(async () => {
  await database.db.deleteFrom('workspaces').execute();
  workspaceId = await newWorkspace('acme');
  const account = await database.db
    .insertInto('channelAccounts')
    .values({ workspaceId, kind: 'sandbox', name: 'Sandbox', ratePerSecond: 10 })
    .returning('id')
    .executeTakeFirstOrThrow();
  channelAccountId = account.id;
  api = callerOf(workspaceId);
});

function message(key: string, body = 'Oi'): Step {
  return { key, type: 'message', timing: { kind: 'immediately' }, message: { channelAccountId, body } };
}

function plan(...steps: Step[]): Definition {
  return { ...emptyDefinition, steps };
}

async function published(...steps: Step[]): Promise<string> {
  const { id } = await api.sequences.create({ name: 'Boas-vindas', definition: plan(...steps) });
  await api.sequences.publish({ id });
  return id;
}

/** Someone who waits at `stepKey`, as the engine leaves them. */
async function waitAt(sequenceId: string, stepKey: string): Promise<void> {
  await sql`
    with c as (insert into contacts (workspace_id, name) values (${workspaceId}, 'Ana') returning id)
    insert into enrolments (workspace_id, sequence_id, contact_id, source, version, step_key, due_at, anchor_at, time_zone, time_zone_origin)
    select ${workspaceId}, ${sequenceId}, c.id, 'manual', 1, ${stepKey}, '2027-01-04T12:00:00Z', andante_now(), 'America/Sao_Paulo', 'workspace'
    from c`.execute(database.db);
}

describe('a draft', () => {
  it('is saved over the revision that was edited', async () => {
    const { id } = await api.sequences.create({ name: 'Boas-vindas' });
    expect(await api.sequences.saveDraft({ id, definition: plan(message('one')), draftRevision: 1 })).toEqual({ draftRevision: 2 });
    expect(await api.sequences.get({ id })).toMatchObject({
      status: 'draft',
      liveVersion: null,
      draftRevision: 2,
      draft: { steps: [{ key: 'one' }] },
    });
  });

  it('is not saved over a newer one, and both are shown', async () => {
    const { id } = await api.sequences.create({ name: 'Boas-vindas' });
    await api.sequences.saveDraft({ id, definition: plan(message('theirs')), draftRevision: 1 });
    const refused = api.sequences.saveDraft({ id, definition: plan(message('mine')), draftRevision: 1 });
    await expect(refused).rejects.toMatchObject({
      code: 'CONFLICT',
      cause: { code: 'conflict', details: { draftRevision: 2, definition: { steps: [{ key: 'theirs' }] } } },
    });
    expect(await api.sequences.get({ id })).toMatchObject({ draft: { steps: [{ key: 'theirs' }] } });
  });

  it('is copied by duplicating, without its people', async () => {
    const id = await published(message('one'));
    await waitAt(id, 'one');
    const copy = await api.sequences.duplicate({ id });
    expect(await api.sequences.get({ id: copy.id })).toMatchObject({
      name: 'Boas-vindas (2)',
      status: 'draft',
      liveVersion: null,
      waiting: [],
    });
  });
});

describe('publishing', () => {
  it('freezes the draft as a version and lets the sequence run', async () => {
    const id = await published(message('one'));
    expect(await api.sequences.get({ id })).toMatchObject({
      status: 'running',
      liveVersion: 1,
      live: { version: 1, definition: plan(message('one')) },
    });
    await api.sequences.saveDraft({ id, definition: plan(message('one'), message('two')) });
    expect(await api.sequences.get({ id })).toMatchObject({ live: { version: 1, definition: plan(message('one')) } });
    expect(await api.sequences.publish({ id })).toEqual({ version: 2 });
  });

  it('adds a content revision only for steps whose texts changed', async () => {
    const id = await published(message('one', 'Oi'), message('two', 'Tudo bem?'));
    await api.sequences.saveDraft({ id, definition: plan(message('one', 'Olá'), message('two', 'Tudo bem?')) });
    await api.sequences.publish({ id });
    const rows = await database.db
      .selectFrom('stepContents')
      .select(['stepKey', 'revision', 'content'])
      .orderBy('stepKey')
      .orderBy('revision')
      .execute();
    expect(rows).toEqual([
      { stepKey: 'one', revision: 1, content: { body: 'Oi' } },
      { stepKey: 'one', revision: 2, content: { body: 'Olá' } },
      { stepKey: 'two', revision: 1, content: { body: 'Tudo bem?' } },
    ]);
  });

  it('is refused with every problem and its step', async () => {
    const { id } = await api.sequences.create({ name: 'Boas-vindas', definition: plan(message('one', '')) });
    await expect(api.sequences.publish({ id })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      cause: { code: 'notPublishable', details: { problems: [{ code: 'emptyBody', stepKey: 'one' }] } },
    });
    expect(await api.sequences.get({ id })).toMatchObject({ status: 'draft', liveVersion: null });
  });

  it('refuses what is not built yet instead of ignoring it', async () => {
    const task: Step = { key: 'call', type: 'task', timing: { kind: 'immediately' }, task: { instructions: 'Ligar', timeoutMinutes: 60 } };
    const { id } = await api.sequences.create({ name: 'Boas-vindas', definition: plan(message('one'), task) });
    await expect(api.sequences.publish({ id })).rejects.toMatchObject({ cause: { code: 'notYetSupported' } });
  });

  it('refuses a draft that was changed after it was looked at', async () => {
    const { id } = await api.sequences.create({ name: 'Boas-vindas', definition: plan(message('one')) });
    await api.sequences.saveDraft({ id, definition: plan(message('other')) });
    await expect(api.sequences.publish({ id, draftRevision: 1 })).rejects.toMatchObject({ cause: { code: 'conflict' } });
  });

  it('shows the difference and who waits at each step before', async () => {
    const id = await published(message('one'), message('two'));
    await waitAt(id, 'two');
    await api.sequences.saveDraft({ id, definition: plan(message('one', 'Olá'), message('three')) });
    const { diff, waiting } = await api.sequences.diff({ id });
    expect(diff?.steps.map((step) => [step.kind, step.stepKey])).toEqual([
      ['changed', 'one'],
      ['added', 'three'],
      ['removed', 'two'],
    ]);
    expect(waiting).toEqual([{ stepKey: 'two', count: 1 }]);
  });
});

describe('the list', () => {
  it('shows channels, people under way, replies and the next send', async () => {
    const id = await published(message('one'));
    await waitAt(id, 'one');
    expect(await api.sequences.list()).toMatchObject({
      items: [
        {
          id,
          status: 'running',
          draftDiffers: false,
          stepCount: 1,
          channels: [{ id: channelAccountId, kind: 'sandbox', name: 'Sandbox', status: 'active' }],
          activeCount: 1,
          acceptedCount: 0,
          repliedCount: 0,
          nextSendAt: '2027-01-04T12:00:00.000Z',
        },
      ],
      nextCursor: null,
    });
  });

  it('is searched without accents, paged, and leaves archived ones out', async () => {
    for (const name of ['Atenção', 'Retenção', 'Outra']) await api.sequences.create({ name });
    const first = await api.sequences.list({ search: 'tencao', limit: 1 });
    expect(first.items.map((item) => item.name)).toEqual(['Retenção']);
    const second = await api.sequences.list({ search: 'tencao', limit: 1, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ name: 'Atenção' }], nextCursor: null });
    await database.db.updateTable('sequences').set({ status: 'archived' }).where('name', '=', 'Outra').execute();
    expect((await api.sequences.list()).items).toHaveLength(2);
    expect((await api.sequences.list({ status: 'archived' })).items).toHaveLength(1);
  });
});

it('belongs to its workspace: from elsewhere there is no such sequence', async () => {
  const id = await published(message('one'));
  const other = callerOf(await newWorkspace('other'));
  for (const call of [
    () => other.sequences.get({ id }),
    () => other.sequences.diff({ id }),
    () => other.sequences.validate({ id }),
    () => other.sequences.publish({ id }),
    () => other.sequences.rename({ id, name: 'Minha' }),
    () => other.sequences.duplicate({ id }),
    () => other.sequences.saveDraft({ id, definition: plan() }),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  expect((await other.sequences.list()).items).toEqual([]);
});
