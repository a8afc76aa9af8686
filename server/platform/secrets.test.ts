import { expect, test } from 'vitest';
import { createSecretBox } from './secrets.ts';

const box = createSecretBox('a master secret of more than thirty-two characters');
const owner = { workspaceId: 'w1', channelAccountId: 'a1' };

test('what was sealed opens again for its own row', () => {
  const sealed = box.seal({ password: 'sésamo 🔑' }, owner);
  expect(box.open(sealed, owner)).toEqual({ password: 'sésamo 🔑' });
});

test('a sealed secret shows nothing of itself, and looks different every time', () => {
  const [one, two] = [box.seal({ password: 'sesame' }, owner), box.seal({ password: 'sesame' }, owner)];
  expect(one.toString('latin1')).not.toContain('sesame');
  expect(one.equals(two)).toBe(false);
});

test.each([
  ['another account', { ...owner, channelAccountId: 'a2' }],
  ['another workspace', { ...owner, workspaceId: 'w2' }],
  ['both moved by a character', { workspaceId: 'w', channelAccountId: '1\0a1' }],
])('it does not open for %s', (_, other) => {
  expect(() => box.open(box.seal({ password: 'sesame' }, owner), other)).toThrow(/Give the password again/);
});

test('it does not open under another key, nor when a bit was changed, nor when it is cut', () => {
  const sealed = box.seal({ password: 'sesame' }, owner);
  expect(() => createSecretBox('another master secret of thirty-two characters').open(sealed, owner)).toThrow(/ANDANTE_SECRET/);
  for (const at of [0, 5, 20, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => box.open(changed, owner)).toThrow();
  }
  expect(() => box.open(sealed.subarray(0, 20), owner)).toThrow();
});
