/** Time that people can trust, in the browser: holidays and quiet hours are set, a wait is edited as a sentence, the simulation
 *  tells every move, five browsers in five zones read the same, and then it happens exactly so. */
import type { Browser, Page } from '@playwright/test';
import { DateTime } from 'luxon';
import type { Db } from '#db/client.ts';
import { closedDatesOfCalendar } from '#server/domain/calendar/holidays.ts';
import { calendarContentSchema } from '#server/domain/calendar/schema.ts';
import { now } from '#server/platform/clock.ts';
import { expectGoodPage } from './accessibility.ts';
import { expect, owner, test, signIn } from './fixtures.ts';
import { connect, installation, moveClock } from './installation.ts';

const zone = 'America/Sao_Paulo';
const calendarName = 'Feriados da clínica';
const sequenceName = 'Retorno pontual';
const contact = { name: 'Rui Amaral', phone: '(11) 98111-2233' };
const anniversary = 'Aniversário da clínica';

let db: Db;
/** A Wednesday, 10:00 in São Paulo, soon; the day after it is the clinic's own holiday. */
let start: DateTime;

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  db = connect();
  const today = DateTime.fromJSDate(await now(db), { zone });
  start = openWednesdayAfter(today);
});
test.afterAll(() => db.destroy());

/** The first Wednesday after this week on which, as on the two days that follow it, no holiday falls. */
function openWednesdayAfter(today: DateTime): DateTime {
  const closed = closedDatesOfCalendar(calendarContentSchema.parse({ country: 'BR', states: ['SP'] }), 'pt-BR');
  for (let weeks = 1; ; weeks++) {
    const wednesday = today.startOf('week').plus({ weeks, days: 2, hours: 10 });
    if ([0, 1, 2].every((days) => !((wednesday.plus({ days }).toISODate() ?? '') in closed))) return wednesday;
  }
}

const dateOf = (days: number) => start.plus({ days }).toISODate() ?? '';

test('a calendar takes a state, own dates, an .ics file and an optional holiday', async ({ page }) => {
  await page.goto(`/${owner.slug}/settings/hours`);
  await page.getByRole('link', { name: 'Novo calendário' }).click();
  await page.getByLabel('Nome', { exact: true }).fill(calendarName);
  await page.getByRole('checkbox', { name: 'São Paulo' }).click();
  await expect(page.getByText('Revolução Constitucionalista').first()).toBeVisible();
  await page.getByLabel('Data', { exact: true }).fill(dateOf(1));
  await page.getByLabel('Nome da data').fill(anniversary);
  await page.getByLabel('Nome da data').press('Enter');
  await expect(page.getByRole('button', { name: `Remover ${anniversary}` })).toBeVisible();
  await page
    .getByLabel('Importar arquivo .ics')
    .first()
    .setInputFiles({ name: 'recesso.ics', mimeType: 'text/calendar', buffer: Buffer.from(ics()) });
  await expect(page.getByText('1 evento ficou de fora:')).toBeVisible();
  await expect(page.getByText('Reunião: não é de dia inteiro')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remover Recesso' })).toHaveCount(2);
  await page
    .getByRole('checkbox', { name: /Corpus Christi/ })
    .first()
    .click();
  await expectGoodPage(page);
  await page.getByRole('button', { name: 'Criar', exact: true }).click();
  await expect(page.getByText('Brasil (SP) · 3 datas próprias · sem uso')).toBeVisible();
  await expectGoodPage(page);
});

test('quiet hours are painted with the keyboard and kept', async ({ page }) => {
  await page.goto(`/${owner.slug}/settings/hours`);
  await page.getByRole('switch', { name: 'Sem horário de silêncio' }).click();
  const grid = page.getByRole('grid', { name: 'Horário de silêncio' });
  await grid.getByRole('gridcell', { name: 'segunda, 09:00 às 09:30: livre' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(grid.getByRole('gridcell', { name: 'segunda, 09:30 às 10:00: silêncio' })).toBeFocused();
  await expectGoodPage(page);
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(page.getByText('Salvo').first()).toBeVisible();
  const { quietHours } = await db.selectFrom('workspaces').select('quietHours').where('slug', '=', owner.slug).executeTakeFirstOrThrow();
  expect((quietHours as { weekly: { mon: unknown } }).weekly.mon).toContainEqual(['09:00', '10:00']);
});

test('a wait is edited as a sentence; the hours of the sequence come from a model, its holidays from the calendar', async ({ page }) => {
  await page.goto(`/${owner.slug}/sequences`);
  await page.getByRole('button', { name: 'Criar sequência' }).first().click();
  await page.getByRole('dialog').getByLabel('Nome').fill(sequenceName);
  await page.getByRole('dialog').getByRole('button', { name: 'Criar', exact: true }).click();
  await expect(page).toHaveURL(/\/sequences\/[0-9a-f-]{36}/);
  await choose(page, 'Modelos de horário', 'Lei do Ceará');
  await expect(page.getByText('Lei estadual 16.836/2019, art. 2º')).toBeVisible();
  await choose(page, 'Feriados', calendarName);
  await expect(page.getByText(/^Próximos: /)).toBeVisible();

  await page.getByRole('button', { name: 'Adicionar a primeira etapa' }).click();
  await page.getByRole('menuitem', { name: 'Mensagem' }).click();
  await page.getByLabel('Mensagem', { exact: true }).fill('Sua consulta está marcada.');
  await addStep(page, 'Mensagem');
  await page.getByLabel('Mensagem', { exact: true }).fill('Tudo certo para amanhã?');
  await choose(page, 'Quando', 'esperar');
  await page.getByLabel('Quantidade').fill('3');
  await choose(page, 'Unidade', 'dias úteis');
  await choose(page, 'Horário', 'às');
  await page.getByLabel('Hora', { exact: true }).fill('9h30');
  await page.getByLabel('Hora', { exact: true }).press('Enter');
  await expect(page.getByText('3 dias úteis depois, às 09:30, no fuso do contato.')).toBeVisible();

  await choose(page, 'Unidade', 'minutos');
  await expect(page.getByText('3 minutos depois.', { exact: true })).toBeVisible();
  await choose(page, 'Unidade', 'dias úteis');
  await expect(page.getByText('3 dias úteis depois, às 09:30, no fuso do contato.')).toBeVisible();

  await page.getByText('Horário e validade desta etapa').click();
  await page.getByRole('switch', { name: 'Sem validade' }).click();
  await page.getByLabel('Pular se esperou mais de').fill('5');
  await expect(page.getByText('Vale por 5 dias: depois disso, é pulada.')).toBeVisible();
  await choose(page, 'Unidade', 'dias', 0);
  await page.getByLabel('Quantidade').fill('1');
  await expect(page.getByText('1 dia depois, às 09:30, no fuso do contato.')).toBeVisible();
  await expectGoodPage(page);
  await expect(page.getByText('Rascunho salvo')).toBeVisible();
});

test('the simulation shows the move with its holiday, follows the draft, and reads the same from five zones', async ({ page, browser }) => {
  await page.goto(`/${owner.slug}/sequences/${await sequenceId()}`);
  await openSimulation(page);
  await expect(page.getByText(`era feriado (${anniversary})`).last()).toBeVisible();
  await page.getByRole('button', { name: 'Calendário', exact: true }).click();
  const moved = page.getByRole('button', { name: new RegExp(`^Etapa 2, Tudo certo para amanhã\\?: .*, 08:00\\. Seria .*${anniversary}`) });
  await moved.press('Enter');
  await expect(moved).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('table', { name: 'Calendário da simulação' })).toContainText(anniversary);
  await expectGoodPage(page);
  // A narrower window and back: the panel is another one, and what was chosen is still there.
  await page.getByRole('button', { name: 'Ampliar' }).click();
  const enlarged = page.getByRole('dialog', { name: 'Simulação em calendário' });
  await expect(enlarged).toContainText('Tudo certo para amanhã?');
  await page.keyboard.press('Escape');
  await expect(enlarged).toHaveCount(0);
  await moved.click();
  await page.getByRole('button', { name: 'Tudo certo para amanhã?', exact: true }).click();
  await page.getByLabel('Quantidade').fill('2');
  await page.getByRole('button', { name: 'Fechar etapa' }).click();
  await expect(page.getByRole('button', { name: /^Etapa 2, Tudo certo para amanhã\?: .*, 09:30$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Editar etapa 2' }).click();
  await page.getByLabel('Quantidade').fill('1');
  await page.getByRole('button', { name: 'Fechar etapa' }).click();
  await expect(moved).toBeVisible();
  await expect(page.getByText('Rascunho salvo')).toBeVisible();

  const told = await simulateByApi(page);
  const readings = [];
  for (const timezoneId of ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']) {
    readings.push(await readSimulation(browser, timezoneId));
  }
  for (const reading of readings) expect(reading).toEqual(told);
});

test('what was simulated is what happens, and the timeline says why', async ({ page }) => {
  await moveClock('set', start.toISO({ suppressMilliseconds: true }) ?? '');
  await signIn(page);
  await page.goto(`/${owner.slug}/contacts`);
  await page.getByRole('button', { name: 'Criar contato' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Nome', { exact: true }).fill(contact.name);
  await sheet.getByLabel('Telefone').fill(contact.phone);
  await sheet.getByRole('button', { name: 'Criar', exact: true }).click();
  await expect(page.getByRole('heading', { name: contact.name })).toBeVisible();
  const contactId = page.url().split('/').at(-1) ?? '';
  const id = await sequenceId();
  await post(page, 'sequences.publish', { id });
  await post(page, 'enrolments.enrol', { sequenceId: id, contactIds: [contactId] });
  await moveClock('set', start.plus({ days: 1, hours: 4 }).toISO({ suppressMilliseconds: true }) ?? '');
  await page.goto(`/${owner.slug}/sequences/${id}/people`);
  await page.getByRole('button', { name: `Abrir a linha do tempo de ${contact.name}` }).click();
  await expect(page.getByRole('dialog')).toContainText(`era feriado (${anniversary})`);
  await expect(page.getByRole('dialog')).toContainText('A seguir: Tudo certo para amanhã?');
  await moveClock('set', start.plus({ days: 2 }).toISO({ suppressMilliseconds: true }) ?? '');
  await expect(page.getByRole('dialog')).toContainText('Enviada: Tudo certo para amanhã?', { timeout: 30_000 });
  const sent = await db
    .selectFrom('messages')
    .select('dueAt')
    .where('sequenceId', '=', id)
    .where('stepNumber', '=', 2)
    .executeTakeFirstOrThrow();
  expect(sent.dueAt).toEqual(start.plus({ days: 2 }).set({ hour: 8 }).toJSDate());
});

/** Two days of recess, far from what is simulated, and a meeting, which is no day off. */
function ics(): string {
  const compact = (days: number) => dateOf(days).replaceAll('-', '');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    `DTSTART;VALUE=DATE:${compact(100)}`,
    `DTEND;VALUE=DATE:${compact(102)}`,
    'SUMMARY:Recesso',
    'END:VEVENT',
    'BEGIN:VEVENT',
    `DTSTART:${compact(100)}T120000Z`,
    `DTEND:${compact(100)}T130000Z`,
    'SUMMARY:Reunião',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
}

async function openSimulation(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Simulação' }).click();
  await page.getByLabel('Dia da entrada').fill(dateOf(0));
  await page.getByLabel('Hora da entrada').fill('10:00');
  await expect(page.getByRole('list', { name: 'Linha do tempo da simulação' })).toContainText('Dia 3');
}

/** The instants and words of the timeline in a browser whose own zone is another one. */
async function readSimulation(browser: Browser, timezoneId: string): Promise<string[]> {
  const context = await browser.newContext({
    timezoneId,
    locale: 'pt-BR',
    storageState: installation().ownerState,
    baseURL: installation().url,
  });
  try {
    const page = await context.newPage();
    await page.goto(`/${owner.slug}/sequences/${await sequenceId()}`);
    await openSimulation(page);
    const times = page
      .getByRole('list', { name: 'Linha do tempo da simulação' })
      .locator('> li > div > div > span > time, > li > div > div > time');
    return await times.evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''));
  } finally {
    await context.close();
  }
}

async function simulateByApi(page: Page): Promise<string[]> {
  const input = { sequenceId: await sequenceId(), zone, startAt: start.toUTC().toISO() };
  const answer = await page.request.get(`/api/trpc/sequences.simulate?input=${encodeURIComponent(JSON.stringify(input))}`, { headers });
  const body = (await answer.json()) as { result: { data: { steps: { plannedAt: string }[] } } };
  return [start.toUTC().toISO() ?? '', ...body.result.data.steps.map((step) => step.plannedAt)];
}

const headers = { 'x-andante-workspace': owner.slug };

async function post(page: Page, procedure: string, data: unknown): Promise<void> {
  const answer = await page.request.post(`/api/trpc/${procedure}`, { data, headers: { ...headers, origin: installation().url } });
  expect(await answer.json()).toHaveProperty('result');
}

async function addStep(page: Page, type: string): Promise<void> {
  await page.getByRole('button', { name: 'Adicionar etapa aqui' }).last().click();
  await page.getByRole('menuitem', { name: type }).click();
}

async function choose(page: Page, label: string, option: string, place = 0): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).nth(place).click();
  await page.getByRole('option', { name: option }).first().click();
}

async function sequenceId(): Promise<string> {
  const row = await db.selectFrom('sequences').select('id').where('name', '=', sequenceName).executeTakeFirstOrThrow();
  return row.id;
}
