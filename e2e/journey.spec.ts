/** From the first contact to numbers that agree with the tables, as a team would do it: everything in the browser, a real
 *  worker, a real mail server, and a weekend that passes in seconds. */
import type { Page } from '@playwright/test';
import { DateTime } from 'luxon';
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { now } from '#server/platform/clock.ts';
import { expect, owner, test } from './fixtures.ts';
import { connect, moveClock } from './installation.ts';
import { type MailServer, startMailServer } from './mail-server.ts';

const zone = 'America/Sao_Paulo';
const sequenceName = 'Acolhimento de pacientes';
const ana = { name: 'Ana Prado', phone: '(11) 98765-4321', email: 'ana.prado@paciente.example' };
const imported = 1000;

let db: Db;
let mail: MailServer;
let saturday: DateTime;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async () => {
  db = connect();
  mail = await startMailServer();
  const today = DateTime.fromJSDate(await now(db), { zone });
  saturday = today.startOf('day').plus({ days: ((6 - today.weekday + 7) % 7) + 7, hours: 10 });
  await moveClock('set', saturday.toISO({ suppressMilliseconds: true }) ?? '');
});

test.afterAll(async () => {
  await mail.stop();
  await db.destroy();
});

test('an e-mail account is connected and tested', async ({ page }) => {
  await page.goto(`/${owner.slug}/settings/channels`);
  await page.getByRole('button', { name: 'Adicionar conta de e-mail' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Nome da conta').fill('Recepção');
  await sheet.getByRole('textbox', { name: 'Servidor' }).fill('127.0.0.1');
  await sheet.getByLabel('Porta').fill(String(mail.port));
  await choose(page, 'Criptografia', 'Nenhuma');
  await sheet.getByLabel('Nome de quem envia').fill('Clínica Horizonte');
  await sheet.getByLabel('Endereço de quem envia').fill('ola@horizonte.example');
  await sheet.getByLabel('Mensagens por segundo').fill('500');
  await sheet.getByRole('button', { name: 'Salvar e testar' }).click();
  await expect(page.getByText('A conexão funciona.')).toBeVisible();
});

test('a contact is created', async ({ page }) => {
  await page.goto(`/${owner.slug}/contacts`);
  await page.getByRole('button', { name: 'Criar contato' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Nome', { exact: true }).fill(ana.name);
  await sheet.getByLabel('Telefone').fill(ana.phone);
  await sheet.getByLabel('E-mail').fill(ana.email);
  await sheet.getByRole('button', { name: 'Criar', exact: true }).click();
  await expect(page).toHaveURL(/\/contacts\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { name: ana.name })).toBeVisible();
});

test('a sequence of message, wait, chatbot and message is built and published', async ({ page }) => {
  await page.goto(`/${owner.slug}/sequences`);
  await page.getByRole('button', { name: 'Criar sequência' }).first().click();
  await page.getByRole('dialog').getByLabel('Nome').fill(sequenceName);
  await page.getByRole('dialog').getByRole('button', { name: 'Criar', exact: true }).click();
  await expect(page).toHaveURL(/\/sequences\/[0-9a-f-]{36}/);

  await page.getByRole('button', { name: 'Adicionar a primeira etapa' }).click();
  await page.getByRole('menuitem', { name: 'Mensagem' }).click();
  await choose(page, 'Conta de canal', 'Recepção');
  await page.getByLabel('Assunto').fill('Bem-vinda à clínica');
  await page.getByLabel('Mensagem', { exact: true }).fill('Olá, {{ contact.firstName }}. Que bom ter você conosco.');

  await addStep(page, 'Chatbot');
  await choose(page, 'Conta de canal', 'Sandbox');
  await choose(page, 'Quando', 'esperar');
  await page.getByLabel('Quantidade').fill('2');
  await choose(page, 'Unidade', 'horas', 0);

  await addStep(page, 'Mensagem');
  await choose(page, 'Conta de canal', 'Recepção');
  await page.getByLabel('Assunto').fill('Como foi?');
  await page.getByLabel('Mensagem', { exact: true }).fill('Oi, {{ contact.firstName }}. Conte como foi a sua visita.');

  await expect(page.getByText('Rascunho salvo')).toBeVisible();
  await page.getByRole('button', { name: 'Publicar', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publicar', exact: true }).click();
  await expect(page.getByText('Publicada na versão 1').first()).toBeVisible();
});

test('a CSV of 1,000 rows is imported and enrolled, with Ana among them', async ({ page }) => {
  await page.goto(`/${owner.slug}/contacts/import`);
  await page.locator('input[type=file]').setInputFiles({ name: 'pacientes.csv', mimeType: 'text/csv', buffer: Buffer.from(csv()) });
  for (const heading of ['Foi assim que o arquivo foi lido', 'O que é cada coluna?']) {
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await page.getByRole('button', { name: 'Continuar' }).click();
  }
  await choose(page, 'Inscrever em uma sequência', sequenceName);
  await page.getByRole('button', { name: `Importar ${(imported).toLocaleString('pt-BR')} linhas` }).click();
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/);
  await expect(page.getByText('Concluída')).toBeVisible({ timeout: 60_000 });
  expect(await count(sql`select count(*)::int as n from enrolments where sequence_id = ${sql.lit(await sequenceId())}`)).toBe(imported);
});

test('nothing leaves on the weekend, and the timeline says why', async ({ page }) => {
  expect(mail.mails).toHaveLength(0);
  await page.goto(`/${owner.slug}/sequences/${await sequenceId()}/people?search=${encodeURIComponent(ana.name)}`);
  await page.getByRole('button', { name: `Abrir a linha do tempo de ${ana.name}` }).click();
  await expect(page.getByRole('dialog').getByText('o horário permitido da sequência estava fechado')).toBeVisible();
});

test('on Monday at nine every message is really received, once', async () => {
  await moveClock('set', at(2, '09:05'));
  await expect.poll(() => mail.mails.length, { timeout: 60_000 }).toBe(imported);
  expect(new Set(mail.mails.map((received) => received.to)).size).toBe(imported);
  expect(mail.mails.find((received) => received.to === ana.email)?.source).toContain('Ana. Que bom ter');
});

test('a reply ends the enrolment', async ({ page }) => {
  await page.goto(`/${owner.slug}/sandbox`);
  await page.getByLabel('Buscar contato').fill(ana.name);
  await page.getByRole('button', { name: ana.name }).click();
  await page.getByLabel('Responder como o contato').fill('Obrigada, podem me ligar?');
  await page.getByLabel('Responder como o contato').press('Enter');
  await expect(page.getByRole('log').getByText('Obrigada, podem me ligar?')).toBeVisible();
  await page.goto(`/${owner.slug}/sequences/${await sequenceId()}/people?search=${encodeURIComponent(ana.name)}`);
  await expect(page.getByRole('row', { name: ana.name })).toContainText('Respondeu');
});

test('the chatbot asks the others, and those who do not answer go on to the last message', async () => {
  await moveClock('advance', '7d');
  await expect.poll(() => mail.mails.length, { timeout: 60_000 }).toBe(2 * imported - 1);
  expect(mail.mails.filter((received) => received.to === ana.email)).toHaveLength(1);
  expect(await count(sql`select count(distinct contact_id)::int as n from bot_sessions`)).toBeGreaterThanOrEqual(imported - 1);
});

test('the numbers on screen are those of the tables', async ({ page }) => {
  await page.goto(`/${owner.slug}/sequences/${await sequenceId()}/results`);
  const { rows: byStep } = await sql<{ sent: number }>`
    select count(*) filter (where accepted_at is not null)::int as sent
    from messages where sequence_id = ${await sequenceId()} and origin = 'step' group by step_key order by sent desc`.execute(db);
  expect(byStep.map((row) => row.sent)).toEqual([imported, imported - 1]);
  for (const { sent } of byStep) {
    await expect(page.getByRole('link', { name: new RegExp(`^Enviadas, .*${sent.toLocaleString('pt-BR')} pessoas`) })).toBeVisible();
  }
  await page.getByRole('link', { name: new RegExp(`^Enviadas, .*${(imported - 1).toLocaleString('pt-BR')} pessoas`) }).click();
  await expect(page.getByText(`${(imported - 1).toLocaleString('pt-BR')} pessoas`)).toBeVisible();
});

/** At the end of the line. */
async function addStep(page: Page, type: string): Promise<void> {
  await page.getByRole('button', { name: 'Adicionar etapa aqui' }).last().click();
  await page.getByRole('menuitem', { name: type }).click();
}

async function choose(page: Page, label: string, option: string, place = 0): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).nth(place).click();
  await page.getByRole('option', { name: option }).click();
}

/** Local time `days` after that Saturday. */
function at(days: number, clock: string): string {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return saturday.plus({ days }).set({ hour, minute }).toISO({ suppressMilliseconds: true }) ?? '';
}

/** Ana, by the same address as the contact made by hand, and 999 others. */
function csv(): string {
  const others = Array.from({ length: imported - 1 }, (_, index) => {
    const number = String(index).padStart(4, '0');
    return `Paciente ${number};(11) 9700${number.slice(0, 1)}-${number};paciente.${number}@paciente.example`;
  });
  return ['Nome;Celular;E-mail', `${ana.name};${ana.phone};${ana.email}`, ...others].join('\r\n');
}

async function sequenceId(): Promise<string> {
  const row = await db.selectFrom('sequences').select('id').where('name', '=', sequenceName).executeTakeFirstOrThrow();
  return row.id;
}

async function count(query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(db);
  return (rows[0] as { n: number }).n;
}
