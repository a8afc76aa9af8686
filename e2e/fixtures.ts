/** What every spec gets: a page that fails the test on an unexpected console error, and the workspace it works in. */
import { test as base, expect, type Page } from '@playwright/test';
import { type Definition, emptyDefinition } from '#server/domain/definition/schema.ts';
import { installation } from './installation.ts';

export { expect };

export const owner = {
  workspace: 'Clínica Horizonte',
  slug: 'clinica-horizonte',
  name: 'Marina Duarte',
  email: 'marina@horizonte.example',
  password: 'passo-a-passo-2026',
} as const;

interface Fixtures {
  /** Console errors that this test means to cause. */
  expectedErrors: RegExp[];
}

export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],
  page: async ({ page, expectedErrors }, use) => {
    const errors = collectErrors(page);
    await use(page);
    expect(errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)))).toEqual([]);
  },
});

function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  return errors;
}

/** Calls the API as the page's user. */
export async function post<Answer>(page: Page, procedure: string, data: unknown): Promise<Answer> {
  const headers = { 'x-andante-workspace': owner.slug, origin: installation().url };
  const answer = await page.request.post(`/api/trpc/${procedure}`, { data, headers });
  const body = (await answer.json()) as { result?: { data: Answer } };
  expect(body).toHaveProperty('result');
  return body.result?.data as Answer;
}

/** The id of the sandbox channel. */
export async function sandboxAccount(page: Page): Promise<string> {
  const headers = { 'x-andante-workspace': owner.slug };
  const channels = await page.request.get('/api/trpc/channels.list?input=%7B%7D', { headers });
  const { result } = (await channels.json()) as { result: { data: { items: { id: string; kind: string }[] } } };
  return result.data.items.find(({ kind }) => kind === 'sandbox')?.id ?? '';
}

/** A published sequence that writes to the sandbox in 30 days, at any hour; answers its id. */
export async function makeSequence(page: Page, name: string): Promise<string> {
  const channelAccountId = await sandboxAccount(page);
  const timing = { kind: 'after', amount: 30, unit: 'days' } as const;
  const definition: Definition = {
    ...emptyDefinition,
    window: null,
    steps: [{ key: 'a', type: 'message', timing, message: { channelAccountId, body: 'Boas-vindas' } }],
  };
  const { id } = await post<{ id: string }>(page, 'sequences.create', { name, definition });
  await post(page, 'sequences.publish', { id });
  return id;
}

/** Anew: with all the weeks that have passed, the session of the first run may be over. */
export async function signIn(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Senha').fill(owner.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.waitForURL(`**/${owner.slug}`);
}
