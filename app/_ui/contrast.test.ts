/** Every pair of colours that carries words or edges meets WCAG AA, in both themes, as the style sheet has them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sheet = readFileSync(new URL('../globals.css', import.meta.url), 'utf8');

function tokens(from: string, to: string): Map<string, string> {
  const part = sheet.slice(sheet.indexOf(from), sheet.indexOf(to, sheet.indexOf(from)));
  return new Map([...part.matchAll(/--color-([\w-]+): (oklch\([^)]+\))/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const themes = { light: tokens('@theme {', '\n}'), dark: tokens('[data-theme="dark"] {', '\n}') };

/** OKLCH to linear sRGB (Björn Ottosson's matrices), clipped, then relative luminance as WCAG 2 defines it. */
function luminance(oklch: string): number {
  const [l = 0, chroma = 0, hue = 0] = (oklch.match(/[\d.]+/g) ?? []).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const states = ['waiting', 'sent', 'replied', 'failed', 'held'];
const grounds = ['paper', 'raised', 'sunken'];
const words: [string, string][] = [
  ...grounds.flatMap((ground) => ['ink', 'muted', 'accent-text', 'danger-text', ...states].map((word): [string, string] => [word, ground])),
  ...states.map((state): [string, string] => [state, `${state}-soft`]),
  ...['accent', 'danger'].flatMap((role): [string, string][] => [
    [`${role}-text`, `${role}-soft`],
    [`on-${role}`, role],
    [`on-${role}`, `${role}-hover`],
    ['ink', `${role}-soft`],
  ]),
  ['ink', 'pressed'],
];
const edges: [string, string][] = grounds.flatMap((ground) => ['line-strong', 'focus'].map((edge): [string, string] => [edge, ground]));

describe.each(Object.entries(themes))('in the %s theme', (_name, theme) => {
  const colour = (name: string) => {
    const value = theme.get(name);
    if (!value) throw new Error(`The theme has no colour "${name}".`);
    return value;
  };
  it.each(words)('words in %s on %s reach 4.5 to 1', (word, ground) => {
    expect(contrast(colour(word), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(edges)('edges in %s on %s reach 3 to 1', (edge, ground) => {
    expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});
