/** The import wizard with a file as a spreadsheet in Brazil saves it, the death of the worker in the midst of it, the same file
 *  again, and taking it back. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { type ControlledTransaction, sql } from 'kysely';
import type { Db } from '#db/client.ts';
import type { DB } from '#db/schema.gen.ts';
import { expectGoodPage } from './accessibility.ts';
import { expect, makeSequence, owner, post, test } from './fixtures.ts';
import { connect } from './installation.ts';

const sequenceName = 'Boas-vindas da planilha';
const fileName = 'pacientes da clínica.csv';
const people = 3_000;
const repeated = 1;
const refused = 3;
const rows = people + repeated + refused;
/** A start sooner than this after a kill is taken for one that will not work. */
const workerSettledSeconds = 10;

let db: Db;
/** Was there before, and has opted out. */
let renata: { id: string };

test.describe.configure({ mode: 'serial' });

test.beforeAll(() => {
  db = connect();
});
test.afterAll(() => db.destroy());

test('a Windows-1252 file becomes contacts, enrolled once each, through the death of the worker, and every row is accounted for', async ({
  page,
}) => {
  await page.goto(`/${owner.slug}`);
  await makeSequence(page, sequenceName);
  renata = await post(page, 'contacts.create', { name: 'Renata', phone: '(62) 98000-4321' });
  await post(page, 'contacts.optOut', { id: renata.id, channelKind: 'sandbox' });

  await chooseFile(page);
  await expect(page.getByRole('combobox', { name: 'Separador' })).toContainText('Ponto e vírgula');
  await expect(page.getByRole('combobox', { name: 'Codificação' })).toContainText('Windows (Europa ocidental)');
  await expect(page.getByRole('cell', { name: 'Conceição Évora' }).first()).toBeVisible();
  const frame = page.getByRole('group', { name: 'Primeiras linhas do arquivo' });
  await expect(frame).toHaveCSS('background-attachment', 'local, local, scroll, scroll');
  await page.goBack();
  await expect(page.getByText(`O arquivo desta importação é ${fileName}.`)).toBeVisible();
  await page.getByRole('button', { name: 'Continuar com ele' }).click();
  await expect(frame).toBeVisible();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await expect(page).toHaveURL(/\/import\?import=[0-9a-f-]{36}&step=map$/);

  await expect(column(page, 'Nome')).toContainText('Pelo nome da coluna');
  await expect(column(page, 'Nascimento')).toContainText('A conferir');
  await expect(column(page, 'Nascimento').getByRole('combobox', { name: 'Tipo' })).toContainText('Data');
  await choose(page, column(page, 'Plano'), 'Tipo', 'Escolha');
  const plan = column(page, 'Plano');
  await expect(plan.getByRole('button', { name: 'Tirar ouro' })).toBeVisible();
  await plan.getByRole('button', { name: 'Tirar Prata' }).click();
  await expect(plan.getByText(/^1\.\d{3} linhas trazem o que não é opção: “Prata”/)).toBeVisible();
  await expectGoodPage(page);
  await plan.getByRole('button', { name: 'Incluir como opção' }).click();
  await expect(plan.getByRole('button', { name: 'Tirar Prata' })).toBeVisible();
  await plan.getByRole('textbox', { name: 'Nome do campo' }).fill('Plano da planilha');
  await plan.getByRole('textbox', { name: 'Nome do campo' }).press('Enter');
  await expect(plan.getByText('não é opção:')).toBeHidden();
  await expect(column(page, 'Plano')).toContainText('Escolhido por você');
  await expect(page.getByText('Rascunho salvo')).toBeVisible();
  await page.reload();
  await expect(plan.getByRole('textbox', { name: 'Nome do campo' })).toHaveValue('Plano da planilha');
  await expect(plan.getByRole('button', { name: 'Tirar Prata' })).toBeVisible();
  await expect(column(page, 'Plano')).toContainText('Escolhido por você');
  await expect(column(page, 'Nome')).toContainText('Pelo nome da coluna');
  await page.getByRole('button', { name: 'Continuar' }).click();

  await choose(page, page, 'Inscrever em uma sequência', sequenceName);
  await expect(page.getByText('Rascunho salvo')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Inscrever em uma sequência' })).toHaveText(sequenceName);
  await page.goBack();
  await expect(plan.getByRole('button', { name: 'Tirar Prata' })).toBeVisible();
  await page.goto(`/${owner.slug}/contacts/imports`);
  await expect(page.getByRole('row', { name: fileName })).toContainText('Guardado até');
  await page.getByRole('link', { name: `Continuar: ${fileName}` }).click();
  await expect(page.getByRole('heading', { name: 'Foi assim que o arquivo foi lido' })).toBeVisible();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByRole('button', { name: 'Continuar' }).click();
  const expected = { rows, created: people - 1, updated: 1, unchanged: 0, merged: repeated, rejected: refused };
  await expect(page.getByText('Serão inscritos')).toBeVisible();
  await expect.poll(() => account(page)).toEqual(expected);
  // What is shown is what starts, whatever somebody else has made of the draft meanwhile.
  const { id, uploadId } = await db.selectFrom('imports').select(['id', 'uploadId']).orderBy('id', 'desc').executeTakeFirstOrThrow();
  await post(page, 'imports.saveDraft', { id, uploadId, options: { onNew: 'skip' } });
  const held = await holdContact(renata.id);
  await page.getByRole('button', { name: `Importar ${(people + repeated).toLocaleString('pt-BR')} linhas` }).click();
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/);
  await killWorkerThatWaits(held);
  await expect(page.getByText('Concluída')).toBeVisible({ timeout: 60_000 });

  expect(await account(page)).toEqual(expected);
  await page.getByRole('link', { name: 'Contatos atualizados: 1', exact: true }).press('Enter');
  await expect(page.getByText('1 contato', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '1 condição' }).click();
  await expect(page.getByRole('combobox', { name: 'Comparação' })).toHaveText('mudou');
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Inscrições' })).toContainText('1 se descadastrou');
  expect(await written()).toEqual({
    contacts: people,
    phones: people,
    enrolments: people - 1,
    enrolled: people - 1,
    inGold: people / 2 - 1,
  });
  await page.getByText('Telefone sem DDD').click();
  await expect(page.getByText('Sem Prefixo · 98123-4567')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Baixar recusadas' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`linhas-recusadas-${fileName}`);
  const rejects = await readFile(await download.path(), 'utf8');
  expect(rejects).toMatch(/^\ufeffLinha;Motivo;Nome;/);
  expect(rejects.trim().split('\r\n')).toHaveLength(1 + refused);
  expect(rejects).toContain(';"Celular: ""98123-4567"" (Telefone sem DDD)";Sem Prefixo;98123-4567;');
});

test('the same file again makes nobody and enrols nobody', async ({ page }) => {
  const before = await written();
  await sendFile(page);
  await expect(page.getByRole('heading', { name: 'Este arquivo já foi importado' })).toBeFocused();
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('link', { name: fileName }) })).toContainText(
    `por ${owner.name} · ${rows.toLocaleString('pt-BR')} linhas`,
  );
  await expectGoodPage(page);
  await page.getByRole('button', { name: 'Continuar mesmo assim' }).click();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await expect(column(page, 'Plano')).toContainText('Como da última vez');
  await page.getByRole('button', { name: 'Continuar' }).click();
  await choose(page, page, 'Inscrever em uma sequência', sequenceName);
  const expected = { rows, created: 0, updated: 0, unchanged: people, merged: repeated, rejected: refused };
  await expect.poll(() => account(page)).toEqual(expected);
  await expect(page.getByText('Já inscritos').locator('xpath=..')).toContainText((people - 1).toLocaleString('pt-BR'));
  await page.getByRole('button', { name: /^Importar \d/ }).click();
  await expect(page.getByText('Concluída')).toBeVisible({ timeout: 60_000 });
  expect(await account(page)).toEqual(expected);
  expect(await written()).toEqual(before);
});

test('an address of the wizard leads to its import once that was started', async ({ page }) => {
  const { id } = await db.selectFrom('imports').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow();
  await page.goto(`/${owner.slug}/contacts/import?import=${id}&step=review`);
  await expect(page).toHaveURL(new RegExp(`/imports/${id}$`));
  await expect(page.getByText('Esta importação já começou.')).toBeVisible();
});

test.describe('a draft that is gone', () => {
  test.use({ expectedErrors: [/404 \(Not Found\)/] });
  test('is said to be, where a file can be chosen', async ({ page }) => {
    await page.goto(`/${owner.slug}/contacts/import?import=${crypto.randomUUID()}&step=map`);
    await expect(page.getByText('Este rascunho não está mais aqui')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Arquivo' })).toHaveAttribute('aria-current', 'step');
    await expect(page.getByRole('button', { name: 'Escolher arquivo' })).toBeVisible();
    await expectGoodPage(page);
  });
});

test('an undo takes back what nobody touched, and lists the rest with the reason', async ({ page }) => {
  const touched = await db
    .selectFrom('contacts')
    .select('id')
    .where('name', '=', 'Conceição Évora')
    .where('phone', '=', '+5562970000000')
    .executeTakeFirstOrThrow();
  await post(page, 'contacts.update', { id: touched.id, name: 'Conceição Évora Lopes' });
  await page.goto(`/${owner.slug}/contacts/imports`);
  await page.getByRole('link', { name: fileName }).nth(1).click();
  await page.getByRole('button', { name: 'Desfazer importação' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(`Contatos excluídos${(people - 2).toLocaleString('pt-BR')}`);
  await expect(question).toContainText('Alterados desde então1');
  await expectGoodPage(page);
  await question.getByRole('button', { name: 'Desfazer importação' }).click();
  await expect(page.getByRole('heading', { name: 'Desfeita' })).toBeVisible({ timeout: 60_000 });
  const outcome = page.getByRole('region', { name: 'Desfeita' });
  await expect(outcome).toContainText(`Contatos removidos${(people - 2).toLocaleString('pt-BR')}`);
  await expect(outcome).toContainText('Contatos restaurados1');
  const kept = page.getByRole('group', { name: 'Ficaram como estão' });
  await expect(kept.getByRole('row')).toHaveCount(2);
  await expect(kept.getByRole('row', { name: '2 Conceição Évora Lopes Alterados desde então' })).toBeVisible();
  await kept.focus();
  await page.keyboard.press('Tab');
  await expect(kept.getByRole('link', { name: 'Conceição Évora Lopes' })).toBeFocused();
  await expectGoodPage(page);
  expect(await written()).toMatchObject({ contacts: 2, enrolments: 0 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Conceição Évora Lopes' })).toBeVisible();
});

async function sendFile(page: Page): Promise<void> {
  await page.goto(`/${owner.slug}/contacts/import`);
  await page.locator('input[type=file]').setInputFiles({ name: fileName, mimeType: 'text/csv', buffer: file() });
}

async function chooseFile(page: Page): Promise<void> {
  await sendFile(page);
  await expect(page.getByRole('heading', { name: 'Foi assim que o arquivo foi lido' })).toBeVisible();
}

/** As Excel saves it: semicolons, CRLF, one byte a letter. Phones in six forms; Renata stands near the end. */
function file(): Buffer {
  const lines = Array.from({ length: people }, (_, n) => {
    if (n === people - 100) return 'Renata Gonçalves;062 98000 4321;;Prata;01/02/1990';
    const [head, tail] = [String(7000 + Math.floor(n / 10_000)), String(n % 10_000).padStart(4, '0')];
    const forms = [`(62) 9${head}-${tail}`, `+55 62 9${head}${tail}`, `0 62 9${head}${tail}`, `55629${head}${tail}`, `62.9${head}.${tail}`];
    const phone = n === 7 ? `(62) ${head}-${tail}` : forms[n % forms.length];
    return `Conceição Évora;${phone};;${n % 2 === 0 ? 'ouro' : 'Prata'};${String(1 + (n % 28)).padStart(2, '0')}/03/1985`;
  });
  const bad = ['Sem Prefixo;98123-4567;;Ouro;', 'Arredondado;5,51191E+12;;Ouro;', 'São João;(62) 97000-0002;sem arroba;Ouro;'];
  const [first = ''] = lines;
  return Buffer.from(`${['Nome;Celular;E-mail;Plano;Nascimento', ...lines, first, ...bad].join('\r\n')}\r\n`, 'latin1');
}

/** The list item of a column of the file. */
function column(page: Page, name: string) {
  return page.getByRole('listitem').filter({ has: page.getByRole('combobox', { name: `${name}: Vira`, exact: true }) });
}

async function choose(page: Page, within: Pick<Page, 'getByRole'>, label: string, option: string): Promise<void> {
  await within.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The account of rows as it is read on the page. */
async function account(page: Page): Promise<Record<string, number>> {
  const names = {
    'Linhas do arquivo': 'rows',
    'Novos contatos': 'created',
    'Contatos atualizados': 'updated',
    'Já estavam iguais': 'unchanged',
    'Linhas repetidas, unidas': 'merged',
    Recusadas: 'rejected',
  } as const;
  const lines = await page
    .locator('dl > div')
    .evaluateAll((all) => all.map((line) => [line.querySelector('dt')?.textContent ?? '', line.querySelector('dd')?.textContent ?? '']));
  return Object.fromEntries(
    lines.map(([name = '', value = '']) => [names[name as keyof typeof names] ?? name, Number(value.replace(/\D/g, ''))]),
  );
}

/** Whoever wants to write to the contact waits until this is rolled back. */
async function holdContact(id: string): Promise<ControlledTransaction<DB>> {
  const held = await db.startTransaction().execute();
  await sql`select from contacts where id = ${id} for update`.execute(held);
  return held;
}

/** Kills the worker when the import has come to what is held; what it had in its hands is not written. */
async function killWorkerThatWaits(held: ControlledTransaction<DB>): Promise<void> {
  const isWaiting = sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where application_name = 'andante-worker' and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await isWaiting.execute(db)).rows[0]?.n).toBeGreaterThan(0);
  const { nextRow } = await db.selectFrom('imports').select('nextRow').orderBy('id', 'desc').executeTakeFirstOrThrow();
  expect(Number(nextRow)).toBeGreaterThan(0);
  expect(Number(nextRow)).toBeLessThan(rows);
  const settled = sql<{ pid: number }>`
    select pid from workers where started_at < statement_timestamp() - ${workerSettledSeconds} * interval '1 second'
    order by started_at desc limit 1`;
  await expect.poll(async () => (await settled.execute(db)).rows.length, { timeout: 20_000 }).toBe(1);
  const pid = (await settled.execute(db)).rows[0]?.pid;
  if (!pid) throw new Error('No worker has signed on.');
  process.kill(pid, 'SIGKILL');
  await held.rollback().execute();
}

/** What the file has come to in the tables. */
async function written(): Promise<Record<string, number>> {
  const { rows: found } = await sql<Record<string, number>>`
    select count(*)::int as contacts, count(distinct c.phone)::int as phones, count(e.id)::int as enrolments,
      count(distinct e.contact_id)::int as enrolled, count(*) filter (where c.fields ->> 'planoDaPlanilha' = 'ouro')::int as in_gold
    from contacts c
    left join enrolments e on e.workspace_id = c.workspace_id and e.contact_id = c.id and e.status = 'active'
      and e.sequence_id = (select id from sequences where name = ${sequenceName})
    where c.phone like '+55629%' and (c.name like 'Conceição Évora%' or c.name like 'Renata%')`.execute(db);
  return found[0] ?? {};
}
