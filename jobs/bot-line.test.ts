/** A sequence with a chatbot in it, from the first message to the last, with worker processes that come and go. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createDb, createPool } from '#db/client.ts';
import { listLiveWorkers } from '#db/queries/workers.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { satisfactionFlow } from '#server/domain/chatbot/testing/flows.ts';
import type { Step } from '#server/domain/definition/schema.ts';
import { createChatbot } from '#server/use-cases/chatbots/create-chatbot.ts';
import { publishChatbot } from '#server/use-cases/chatbots/publish-chatbot.ts';
import { makeSequence, makeWorkspace, messageStep } from '#server/use-cases/engine/testing.ts';
import { enrolContacts } from '#server/use-cases/enrolments/enrol-contacts.ts';
import { replyInSandbox } from '#server/use-cases/inbound/reply-in-sandbox.ts';
import { advanceTestClock } from '#server/use-cases/platform/advance-test-clock.ts';

const database = useTestDatabase();
const start = new Date('2026-11-23T12:00:00Z');
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const worker of running.splice(0)) await kill(worker);
});

/** A worker in a process of its own, as `npm run worker` starts it; resolves when it has signed on. */
async function newWorker(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ['jobs/worker.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      ANDANTE_CLOCK: 'test',
      ANDANTE_CLOCK_FORCE: '1',
      ANDANTE_SECRET: 'a secret for the tests of this repository',
      ANDANTE_LOG_LEVEL: 'silent',
    },
    stdio: 'inherit',
  });
  running.push(worker);
  await until(async () => (await listLiveWorkers(database.db)).some((live) => live.pid === worker.pid));
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(25);
}

test('messages, a chatbot and its outcomes run as one line, though every process is killed between question and answer', async () => {
  await database.setClock(start);
  const at = await makeWorkspace(database.db);
  const { workspaceId, accountId } = at;
  for (const key of ['rating', 'surveyed'])
    await database.db.insertInto('contactFields').values({ workspaceId, key, label: key }).execute();
  const { id: chatbotId } = await createChatbot(database.db, at.actor, { name: 'Pesquisa', flow: satisfactionFlow });
  await publishChatbot(database.db, at.actor, { id: chatbotId });
  const say = (key: string): Step => messageStep(key, accountId, { kind: 'immediately' }, key);
  const sequenceId = await makeSequence(database.db, workspaceId, {
    steps: [
      say('welcome'),
      {
        key: 'bot',
        type: 'chatbot',
        timing: { kind: 'after', amount: 10, unit: 'minutes' },
        chatbot: { chatbotId, channelAccountId: accountId, timeoutMinutes: 120 },
        paths: { completed: [say('completed')], noAnswer: [say('unanswered')], handoff: [say('handed-over')] },
      },
      messageStep('last', accountId, { kind: 'after', amount: 1, unit: 'days' }, 'last'),
    ],
  });
  const contacts = new Map<string, string>();
  for (const [index, name] of ['Ana', 'Bruno', 'Carla'].entries()) {
    const { id } = await database.db
      .insertInto('contacts')
      .values({ workspaceId, name, phone: `+551191111000${index}` })
      .returning('id')
      .executeTakeFirstOrThrow();
    contacts.set(name, id);
  }
  const idOf = (name: string) => contacts.get(name) ?? '';
  await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds: [...contacts.values()] } });

  const arrived = async (name: string) => {
    const rows = await database.db
      .selectFrom('sandboxDeliveries as d')
      .innerJoin('messages as m', 'm.id', 'd.messageId')
      .select('d.body')
      .where('m.contactId', '=', idOf(name))
      .orderBy('d.id')
      .execute();
    return rows.map((row) => row.body.split('\n')[0]);
  };
  /** Writes as the contact, over a connection that is opened for it and closed again. */
  const write = async (name: string, text: string) => {
    const db = createDb(createPool(database.url, { max: 1, testClock: true }));
    const reply = { contactId: idOf(name), channelAccountId: accountId, text };
    return replyInSandbox(db, at.actor, reply).finally(() => db.destroy());
  };
  const enrolmentOf = (name: string) =>
    database.db.selectFrom('enrolments').selectAll().where('contactId', '=', idOf(name)).executeTakeFirstOrThrow();

  const first = await newWorker();
  await advanceTestClock(database.db, minutes(15));
  for (const name of contacts.keys()) expect(await arrived(name)).toEqual(['welcome', `Oi, ${name}.`, 'Como foi o atendimento?']);
  await kill(first);

  expect(await write('Ana', 'OTIMO')).toMatchObject({ kind: 'botAnswer' });
  expect(await write('Carla', '3')).toMatchObject({ kind: 'botAnswer' });
  const second = await newWorker();
  await advanceTestClock(database.db, minutes(30));
  expect((await arrived('Ana')).slice(3)).toEqual(['Qual é o seu e-mail?']);
  expect((await arrived('Carla')).slice(3)).toEqual(['Sentimos muito. Uma pessoa da equipe vai falar com você.', 'handed-over']);
  await kill(second);

  expect(await write('Ana', 'ana@exemplo.com')).toMatchObject({ kind: 'botAnswer' });
  await newWorker();
  await advanceTestClock(database.db, minutes(60));
  expect((await arrived('Ana')).slice(4)).toEqual(['Obrigado. Anotamos "Ótimo".', 'completed']);
  const ana = await database.db.selectFrom('contacts').selectAll().where('id', '=', idOf('Ana')).executeTakeFirstOrThrow();
  expect(ana).toMatchObject({ email: 'ana@exemplo.com', fields: { rating: 'Ótimo', surveyed: 'sim: ótimo' } });

  expect(await enrolmentOf('Bruno')).toMatchObject({ waitingFor: 'bot', stepKey: 'bot' });
  expect(await write('Carla', 'Alguém aí?')).toMatchObject({ kind: 'reply' });
  expect(await enrolmentOf('Carla')).toMatchObject({ status: 'ended', exitReason: 'replied' });

  await advanceTestClock(database.db, minutes(140));
  expect((await arrived('Bruno')).slice(3)).toEqual(['unanswered']);
  await advanceTestClock(database.db, minutes(26 * 60 + 30));
  expect((await arrived('Ana')).slice(6)).toEqual(['last']);
  expect((await arrived('Bruno')).slice(4)).toEqual(['last']);
  expect(await arrived('Carla')).not.toContain('last');
  for (const name of ['Ana', 'Bruno']) expect(await enrolmentOf(name)).toMatchObject({ status: 'ended', exitReason: 'completed' });
  const sessions = await database.db.selectFrom('botSessions').select(['contactId', 'outcome']).execute();
  expect(new Map(sessions.map((session) => [session.contactId, session.outcome]))).toEqual(
    new Map([
      [idOf('Ana'), 'completed'],
      [idOf('Bruno'), 'noAnswer'],
      [idOf('Carla'), 'handoff'],
    ]),
  );
}, 120_000);
