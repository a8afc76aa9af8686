/** The first page of contacts in a browser, over a million of them: from the navigation to the frame that shows the first row, as the page's own
 *  clock has it, in a signed-in tab whose cache has the scripts. Needs Chromium, of which ANDANTE_CHROMIUM says where it is, else the usual places. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { insertSession } from '#db/queries/sessions.ts';
import { sealedSession } from '#server/auth/session-token.ts';
import { buildApp } from '#server/cli/build-app.ts';
import { findChromium } from '#server/cli/chromium.ts';
import { freePort } from '#server/cli/embedded-database.ts';
import { stopProcess } from '#server/cli/processes.ts';
import { makeContactPopulation } from './contact-population.ts';
import { type Bench, type Figure, p95 } from './figure.ts';

const contacts = Number(process.env['BENCH_CONTACTS'] ?? 1_000_000);
const rounds = 40;
const mostMs = 300;
const cookieName = 'andante.session';

export async function firstPage(bench: Bench): Promise<Figure[]> {
  const browser = await findChromium();
  if ('missing' in browser) throw new Error(browser.missing);
  await buildApp();
  await makeContactPopulation(bench.db, contacts);
  const secret = randomBytes(24).toString('hex');
  const { url, stop } = await startWeb(bench.connectionString, secret);
  const chrome = await chromium.launch({ executablePath: browser.executable, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const context = await chrome.newContext({ locale: 'pt-BR', viewport: { width: 1280, height: 800 } });
    await signIn(bench, context, { url, secret });
    const page = await context.newPage();
    await page.addInitScript(noteFirstRow);
    for (let round = 0; round < 5; round += 1) await firstRow(page, `${url}/bench/contacts`);
    const took: number[] = [];
    for (let round = 0; round < rounds; round += 1) took.push(await firstRow(page, `${url}/bench/contacts`));
    const value = p95(took);
    const target = `at most ${mostMs}`;
    return [
      { name: 'first-page: contacts in the browser', value, unit: 'ms (p95)', ratio: null, against: null, target, pass: value <= mostMs },
    ];
  } finally {
    await chrome.close();
    await stop();
  }
}

/** Answers milliseconds. */
async function firstRow(page: Page, address: string): Promise<number> {
  await page.goto(address);
  return (await page.waitForFunction(() => document.documentElement.dataset['firstRowMs'])).jsonValue().then(Number);
}

/** In the page, from its beginning: looks before every frame, and takes the time once the frame with the row is drawn. */
function noteFirstRow(): void {
  const look = (): void => {
    if (!document.querySelector('tbody tr')?.checkVisibility()) return void requestAnimationFrame(look);
    setTimeout(() => {
      document.documentElement.dataset['firstRowMs'] = String(performance.now());
    });
  };
  look();
}

async function signIn({ db }: Bench, context: BrowserContext, { url, secret }: { url: string; secret: string }): Promise<void> {
  const user = await db.selectFrom('users').select('id').executeTakeFirstOrThrow();
  const sessionId = await insertSession(db, { userId: user.id, userAgent: null, days: 1 });
  await context.addCookies([{ name: cookieName, value: await sealedSession(sessionId, secret), url }]);
}

async function startWeb(connectionString: string, secret: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const web = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', String(port), '-H', '127.0.0.1'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: connectionString,
      ANDANTE_SECRET: secret,
      ANDANTE_URL: url,
      ANDANTE_LOG_LEVEL: 'warn',
      NEXT_TELEMETRY_DISABLED: '1',
    },
  });
  for (;;) {
    if (web.exitCode !== null) throw new Error(`The web process ended with ${web.exitCode} before it answered.`);
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) return { url, stop: () => stopProcess(web) };
    await pause(200);
  }
}
