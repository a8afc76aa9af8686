import { afterAll, expect, test } from 'vitest';
import { defaultLimits } from '#server/domain/template/engine.ts';
import { variablesFor } from '#server/domain/template/testing.ts';
import type { RenderJob } from '#server/domain/template/render.ts';
import { createRenderPool } from './render-pool.ts';

const hello = { body: 'Oi {{ contact.name | first_name }}' };
const endless = { body: '{% for i in (1..10000) %}{% for j in (1..10000) %}{{ j }}{% endfor %}{% endfor %}' };
const hungry = { body: '{% assign x = "0123456789" %}{% for i in (1..40) %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}' };
const job = (content: RenderJob['content'], name = 'Ana Souza'): RenderJob => ({ content, variables: variablesFor({ name }) });

const pool = createRenderPool();
const fenceless = createRenderPool({ ...defaultLimits, renderMs: 600_000, memory: Number.MAX_SAFE_INTEGER });
afterAll(async () => {
  await pool.close();
  await fenceless.close();
});

test('a batch of a thousand comes back in order', async () => {
  const jobs = Array.from({ length: 1_000 }, (_, n) => job(hello, `Nome${n} Silva`));
  const results = await pool.render(jobs, 5_000);
  expect(results).toHaveLength(1_000);
  expect(results.map((result) => result.ok && result.body)).toEqual(jobs.map((_, n) => `Oi Nome${n}`));
});

test('an empty batch needs no thread', async () => {
  expect(await pool.render([], 1)).toEqual([]);
});

test('batches that are asked for at once each get their own answer', async () => {
  const answers = await Promise.all(['Ana', 'Bia', 'Caio'].map((name) => pool.render([job(hello, name)], 5_000)));
  expect(answers.map(([result]) => result?.ok && result.body)).toEqual(['Oi Ana', 'Oi Bia', 'Oi Caio']);
});

test('a text that does not end fails alone, even with the fence down', async () => {
  const jobs = Array.from({ length: 700 }, (_, n) => (n === 430 ? job(endless) : job(hello, `Nome${n}`)));
  const results = await fenceless.render(jobs, 1_500);
  expect(results[430]).toMatchObject({ ok: false, reason: 'templateError' });
  expect(results.filter((result) => result.ok)).toHaveLength(699);
  expect(results[699]).toMatchObject({ ok: true, body: 'Oi Nome699' });
});

test('a text that eats the memory fails alone, and the pool goes on', async () => {
  const results = await fenceless.render([job(hello), job(hungry), job(hello)], 20_000);
  expect(results.map((result) => result.ok)).toEqual([true, false, true]);
  expect(await fenceless.render([job(hello)], 5_000)).toMatchObject([{ ok: true }]);
});

test('a text that runs into its own limit is not tried for each of a thousand contacts', async () => {
  const slow = createRenderPool({ ...defaultLimits, renderMs: 200 });
  const results = await slow.render([...Array.from({ length: 1_000 }, () => job(endless)), job(hello)], 20_000);
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(results[0]).toMatchObject({ ok: false, reason: 'templateError' });
  await slow.close();
});
