/** What a member can do to the people of a sequence, one by one and in bulk, and how their timeline tells it. */
import type { Page } from '@playwright/test';
import type { Db } from '#db/client.ts';
import { emptyDefinition } from '#server/domain/definition/schema.ts';
import { expectGoodPage } from './accessibility.ts';
import { expect, owner, post, test } from './fixtures.ts';
import { connect } from './installation.ts';

const people = ['Bento Alves', 'Clara Nunes', 'Davi Rocha'];
let db: Db;
let sequenceId = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(() => {
  db = connect();
});
test.afterAll(() => db.destroy());

test('three people wait in a sequence', async ({ page }) => {
  await page.goto(`/${owner.slug}`);
  const account = await db.selectFrom('channelAccounts').select('id').where('kind', '=', 'sandbox').executeTakeFirstOrThrow();
  const steps = ['Primeira mensagem', 'Segunda mensagem', 'Terceira mensagem'].map((body, index) => ({
    key: `s${index + 1}`,
    type: 'message',
    timing: { kind: 'after', amount: 3, unit: 'days' },
    message: { channelAccountId: account.id, body },
  }));
  const definition = { ...emptyDefinition, window: null, steps };
  sequenceId = (await post<{ id: string }>(page, 'sequences.create', { name: 'Acompanhamento longo', definition })).id;
  await post(page, 'sequences.publish', { id: sequenceId });
  const contactIds: string[] = [];
  for (const [index, name] of people.entries()) {
    contactIds.push((await post<{ id: string }>(page, 'contacts.create', { name, phone: `+5511970000${100 + index}` })).id);
  }
  await post(page, 'enrolments.enrol', { sequenceId, contactIds });
});

test('one is skipped, moved, rescheduled and paused until a day, and the timeline names who did it', async ({ page }) => {
  await page.goto(`/${owner.slug}/sequences/${sequenceId}/people`);
  await page.getByRole('button', { name: `Abrir a linha do tempo de ${people[0]}` }).click();
  const sheet = page.getByRole('dialog', { name: `Inscrição de ${people[0]}` });
  await choose(page, 'Pular etapa');
  await confirm(page, 'Pular etapa');
  await expect(sheet).toContainText('Pulada: Primeira mensagem');
  await expect(sheet).toContainText('alguém da equipe pulou');
  await expect(sheet).toContainText('A seguir: Segunda mensagem');

  await choose(page, 'Mudar de etapa');
  await page.getByRole('alertdialog').getByRole('combobox', { name: 'Etapa' }).click();
  await page.getByRole('option', { name: '3. Terceira mensagem' }).click();
  await confirm(page, 'Mudar de etapa');
  await expect(sheet).toContainText('Mudou de etapa: Terceira mensagem');
  await expect(sheet).toContainText(`por ${owner.name}`);

  await choose(page, 'Reagendar');
  await confirm(page, 'Reagendar');
  await expect(sheet).toContainText('alguém da equipe escolheu outra hora');

  await choose(page, 'Pausar até');
  await confirm(page, 'Pausar até');
  await expect(sheet.getByRole('button', { name: 'Retomar' })).toBeVisible();
  await expect(sheet).toContainText('Até ');
  await expectGoodPage(page);
});

test('the others are sent to now, outside of any wait, in one go', async ({ page }) => {
  await page.goto(`/${owner.slug}/sequences/${sequenceId}/people`);
  for (const name of people.slice(1)) await page.getByRole('checkbox', { name: `Selecionar ${name}` }).click();
  await choose(page, 'Enviar agora');
  await expect(page.getByRole('alertdialog')).toContainText('Enviar a etapa agora para 2 pessoas?');
  await confirm(page, 'Enviar agora');
  await expect(page.getByText('2 saem assim que puderem')).toBeVisible();
  await expect
    .poll(async () => {
      const rows = await db
        .selectFrom('messages')
        .select('stepKey')
        .where('sequenceId', '=', sequenceId)
        .where('acceptedAt', 'is not', null)
        .execute();
      return rows.map((row) => row.stepKey);
    })
    .toEqual(['s1', 's1']);
});

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function confirm(page: Page, verb: string): Promise<void> {
  await page.getByRole('alertdialog').getByRole('button', { name: verb, exact: true }).click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
}
