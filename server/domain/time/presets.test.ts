import { expect, test } from 'vitest';
import { oppositeOf, presetKeys, windowPresets } from './presets.ts';
import { windowSchema } from './schema.ts';
import { compileWindow, isInside } from './window.ts';

const at = (key: (typeof presetKeys)[number], instant: string, zone: string): boolean =>
  isInside(new Date(instant), compileWindow({ sequence: windowPresets[key].window }), zone);

test('the law of Ceará allows weekdays from 8 to 18, never weekends, and wants holidays closed', () => {
  expect(at('cearaLaw', '2026-11-23T08:00:00-03:00', 'America/Fortaleza')).toBe(true);
  expect(at('cearaLaw', '2026-11-23T18:00:00-03:00', 'America/Fortaleza')).toBe(false);
  expect(at('cearaLaw', '2026-11-28T10:00:00-03:00', 'America/Fortaleza')).toBe(false);
  expect(windowPresets.cearaLaw.closesHolidays).toBe(true);
});

test('the federal rule of the United States allows every day from 8 to 21', () => {
  expect(at('usFederal', '2026-11-29T20:59:00-05:00', 'America/New_York')).toBe(true);
  expect(at('usFederal', '2026-11-29T21:00:00-05:00', 'America/New_York')).toBe(false);
  expect(at('usFederal', '2026-11-29T07:59:00-05:00', 'America/New_York')).toBe(false);
});

test('commercial hours leave the lunch break out', () => {
  expect(at('brazilCommercial', '2026-11-23T12:30:00-03:00', 'America/Sao_Paulo')).toBe(false);
  expect(at('brazilCommercial', '2026-11-23T13:00:00-03:00', 'America/Sao_Paulo')).toBe(true);
});

test.each(presetKeys)('%s and its opposite share no minute and leave none out', (key) => {
  const { window } = windowPresets[key];
  const opposite = oppositeOf(window);
  expect(windowSchema.parse(opposite)).toEqual(opposite);
  const [allowed, quiet] = [compileWindow({ sequence: window }), compileWindow({ sequence: opposite })];
  for (let minute = 0; minute < 7 * 1_440; minute += 15) {
    const instant = new Date(Date.UTC(2026, 10, 23) + minute * 60_000);
    expect(isInside(instant, allowed, 'UTC')).toBe(!isInside(instant, quiet, 'UTC'));
  }
});

test('the opposite of nothing is all week, and of all week nothing', () => {
  const all = oppositeOf({ weekly: {} });
  expect(all.weekly.sun).toEqual([['00:00', '24:00']]);
  expect(oppositeOf(all)).toEqual({ weekly: {} });
});
