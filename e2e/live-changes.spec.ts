/** Changing a sequence while people are in it: publishing with its impact, all that a filter means, and the ways to resume. */
import type { Page } from '@playwright/test';
import type { Db } from '#db/client.ts';
import { type Definition, emptyDefinition } from '#server/domain/definition/schema.ts';
import { expectGoodPage } from './accessibility.ts';
import { expect, owner, post, test } from './fixtures.ts';
import { connect, moveClock } from './installation.ts';

const people = 60;
let db: Db;
let sequenceId = '';
let accountId = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(() => {
  db = connect();
});
test.afterAll(() => db.destroy());

const definition = (keys: readonly string[]): Definition => ({
  ...emptyDefinition,
  window: null,
  steps: keys.map((key) => ({
    key,
    name: `Etapa ${key}`,
    type: 'message',
    timing: { kind: 'after', amount: 20, unit: 'minutes' },
    message: { channelAccountId: accountId, body: `Mensagem ${key}` },
  })),
});
const rows = () => db.selectFrom('enrolments').selectAll().where('sequenceId', '=', sequenceId).execute();

test('sixty people wait in a sequence', async ({ page }) => {
  await page.goto(`/${owner.slug}`);
  accountId = (await db.selectFrom('channelAccounts').select('id').where('kind', '=', 'sandbox').executeTakeFirstOrThrow()).id;
  sequenceId = (await post<{ id: string }>(page, 'sequences.create', { name: 'Mudança ao vivo', definition: definition(['x', 'y', 'z']) }))
    .id;
  await post(page, 'sequences.publish', { id: sequenceId });
  const contactIds: string[] = [];
  for (let n = 0; n < people; n++) {
    const name = `${n < 57 ? 'Onda' : 'Maré'} ${String(n).padStart(2, '0')}`;
    contactIds.push((await post<{ id: string }>(page, 'contacts.create', { name, phone: `+55119610${String(n).padStart(5, '0')}` })).id);
  }
  await post(page, 'enrolments.enrol', { sequenceId, contactIds });
});

test('publishing shows what changes and who waits where, and moves those in progress to the step that survives', async ({ page }) => {
  await post(page, 'sequences.saveDraft', { id: sequenceId, definition: definition(['y', 'z', 'w']) });
  await page.goto(`/${owner.slug}/sequences/${sequenceId}`);
  await page.getByRole('button', { name: 'Publicar', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publicar “Mudança ao vivo”' });
  await expect(dialog).toContainText('60 pessoas esperam aqui');
  await expect(dialog).toContainText('segue na etapa 1');
  await expect(dialog).toContainText('60 pessoas em andamento');
  await dialog.getByRole('radio', { name: 'Mover também quem está em andamento' }).click();
  await expectGoodPage(page);
  await dialog.getByRole('button', { name: 'Publicar', exact: true }).click();
  await expect(page.getByText('Publicada na versão 2').first()).toBeVisible();
  await expect.poll(async () => new Set((await rows()).map((row) => `${row.version}:${row.stepKey}`))).toEqual(new Set(['2:y']));
  expect(await sent()).toBe(0);

  await page.goto(`/${owner.slug}/sequences/${sequenceId}/people`);
  await page.getByRole('button', { name: 'Abrir a linha do tempo de Onda 55' }).click();
  const sheet = page.getByRole('dialog', { name: 'Inscrição de Onda 55' });
  await expect(sheet).toContainText('Mudou para a versão 2');
  await expect(sheet).toContainText('A seguir: Etapa y');
});

test('all that a search means are paused in one go, more than the page shows', async ({ page }) => {
  await page.goto(`/${owner.slug}/sequences/${sequenceId}/people?search=onda`);
  await page.getByRole('checkbox', { name: 'Selecionar tudo' }).click();
  await page.getByRole('button', { name: 'Selecionar todas as 57 pessoas' }).click();
  // The first one pauses the whole sequence.
  await page.getByRole('button', { name: 'Pausar', exact: true }).last().click();
  await expect(page.getByText('57 pausadas')).toBeVisible();
  const status = Map.groupBy(await rows(), (row) => row.status);
  expect([status.get('paused')?.length, status.get('active')?.length]).toEqual([57, 3]);
  await page.getByRole('button', { name: 'Abrir a linha do tempo de Onda 55' }).click();
  await expect(page.getByRole('dialog', { name: 'Inscrição de Onda 55' })).toContainText(`por ${owner.name}`);
});

test('a pause of the sequence ends by shifting, skipping or sending, as is chosen', async ({ page }) => {
  test.setTimeout(120_000);
  await pauseFor(page, '1h');
  await resumeWith(page, 'Adiar tudo pelo tempo da pausa');
  expect(await sent()).toBe(0);
  expect((await active()).every((row) => row.stepKey === 'y' && row.moveReasons.includes('pause'))).toBe(true);

  await pauseFor(page, '1h');
  await resumeWith(page, 'Pular o que venceu');
  expect(await sent()).toBe(0);
  expect(new Set((await active()).map((row) => row.stepKey))).toEqual(new Set(['z']));

  await pauseFor(page, '1h');
  await resumeWith(page, 'Enviar o que venceu');
  await expect.poll(sent).toBe(3);
  expect(new Set((await active()).map((row) => row.stepKey))).toEqual(new Set(['w']));
});

const active = async () => (await rows()).filter((row) => row.status === 'active');
async function sent(): Promise<number> {
  const messages = db.selectFrom('messages').select('id').where('sequenceId', '=', sequenceId).where('acceptedAt', 'is not', null);
  return (await messages.execute()).length;
}

async function pauseFor(page: Page, time: string): Promise<void> {
  await page.goto(`/${owner.slug}/sequences/${sequenceId}`);
  await page.getByRole('button', { name: 'Pausar', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Pausar', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Retomar', exact: true })).toBeVisible();
  await moveClock('advance', time);
}

async function resumeWith(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'Retomar', exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('radio', { name: choice }).click();
  await dialog.getByRole('button', { name: 'Retomar', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect
    .poll(async () => (await db.selectFrom('sequences').select('status').where('id', '=', sequenceId).executeTakeFirstOrThrow()).status)
    .toBe('running');
}
