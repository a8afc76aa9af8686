import { expect, test } from 'vitest';
import { type AccountForm, formOf, inputOf, problemsOf } from './account-form.ts';

const form: AccountForm = {
  ...formOf(null),
  name: ' Recepção ',
  host: 'mail.example.com',
  user: 'aurora',
  password: 'sesame',
  fromAddress: 'ola@example.com',
};

test('a new form asks for encryption and ten messages a second', () => {
  expect(formOf(null)).toMatchObject({ port: '587', security: 'starttls', ratePerSecond: '10', provider: 'other' });
});

test('what is sent has no stray spaces, and nothing where nothing was given', () => {
  expect(inputOf(form)).toEqual({
    name: 'Recepção',
    config: {
      host: 'mail.example.com',
      port: 587,
      security: 'starttls',
      user: 'aurora',
      fromName: '',
      fromAddress: 'ola@example.com',
      replyTo: null,
    },
    secret: { password: 'sesame' },
    ratePerSecond: 10,
    capPerMinute: null,
    capPerHour: null,
    capPerDay: null,
  });
});

test('an empty password keeps the stored one; no user means no password', () => {
  expect(inputOf({ ...form, password: '' })).not.toHaveProperty('secret');
  expect(inputOf({ ...form, user: '' })).toMatchObject({ secret: null });
});

test.each([
  [{ host: 'https://mail.example.com' }, 'host'],
  [{ port: '70000' }, 'port'],
  [{ fromAddress: 'ola' }, 'fromAddress'],
  [{ replyTo: 'x' }, 'replyTo'],
  [{ ratePerSecond: '0' }, 'ratePerSecond'],
  [{ name: ' ' }, 'name'],
] as const)('%o is wrong', (change, field) => {
  expect([...problemsOf({ ...form, ...change })]).toEqual([field]);
});

test('a comma is a decimal sign too', () => {
  expect(inputOf({ ...form, ratePerSecond: '0,5' }).ratePerSecond).toBe(0.5);
  expect(problemsOf(form).size).toBe(0);
});
