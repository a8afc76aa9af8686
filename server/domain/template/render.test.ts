import { describe, expect, test } from 'vitest';
import { oneLine, renderContent } from './render.ts';
import { variablesFor } from './testing.ts';
import type { TemplateVariables } from './variables.ts';

function body(text: string, variables: TemplateVariables = variablesFor()): string {
  const result = renderContent({ content: { body: text }, variables });
  return result.ok ? result.body : `${result.reason}: ${result.reason === 'missingVariable' ? result.missing.join(', ') : result.message}`;
}

describe('values', () => {
  test.each([
    ['Oi {{ contact.name }}', 'Oi Maria da Silva'],
    ['Oi {{ contact.name | first_name }}', 'Oi Maria'],
    ['Oi {{ contact.firstName }}', 'Oi Maria'],
    ['{{ sequence.name }} · {{ sender.name }}', 'Boas-vindas · Clínica Aurora'],
    ['{{ contact.fields.city | upcase }}', 'SANTOS'],
    ['{{ contact.fields["city"] }}', 'Santos'],
    ['{{ contact.fields.due | date }}', '31/12/2026'],
    ['{{ contact.fields.due | date: "long" }}', '31 de dezembro de 2026'],
    ['{{ contact.fields.due | date: "%d/%m, %A" }}', '31/12, quinta-feira'],
    ['{{ contact.fields.booking | date: "datetime" }}', '30/12/2026, 22:00'],
    ['{{ enrolment.startedAt | date: "time" }}', '09:00'],
    ['{{ contact.fields.price | number: 1 }}', '1.234,5'],
    ['{% if contact.fields.city == "Santos" %}perto{% else %}longe{% endif %}', 'perto'],
    ['{% assign greeting = "Bom dia" %}{{ greeting }}', 'Bom dia'],
    ['no braces at all', 'no braces at all'],
    ['Olá 👋 {{ contact.name | append: " ✨" }}', 'Olá 👋 Maria da Silva ✨'],
  ])('%s reads %s', (text, expected) => {
    expect(body(text)).toBe(expected);
  });

  test('money is written in the contact’s locale, in the workspace’s currency or the named one', () => {
    expect(body('{{ contact.fields.price | money }}').replace(/\s/g, ' ')).toBe('R$ 1.234,50');
    expect(body('{{ contact.fields.price | money: "usd" }}').replace(/\s/g, ' ')).toBe('US$ 1.234,50');
    const english = variablesFor({ locale: 'en-US', fields: { price: '1.234,50' } }, { workspace: { currency: 'EUR' } });
    expect(body('{{ contact.fields.price | money }}', english)).toBe('€1,234.50');
  });

  test('dates follow the contact’s own zone and locale', () => {
    const abroad = variablesFor({ timeZone: 'Asia/Tokyo', locale: 'en-GB' });
    expect(body('{{ contact.fields.booking | date: "datetime" }}', abroad)).toBe('31/12/2026, 10:00');
    expect(body('{{ contact.fields.due | date: "long" }}', abroad)).toBe('31 December 2026');
  });

  test.each([
    ['MARIA SILVA', 'Maria'],
    ['maria silva', 'Maria'],
    ['Dra. Ana Paula', 'Ana'],
    ['JEAN-LUC PICARD', 'Jean-Luc'],
    ['  João  ', 'João'],
    ['McKenzie Lee', 'McKenzie'],
    ['Dona', 'Dona'],
    ['Érica', 'Érica'],
  ])('the first name of %s is %s', (name, first) => {
    expect(body('{{ contact.name | first_name }}', variablesFor({ name }))).toBe(first);
  });
});

describe('a variable without a value', () => {
  const nobody = variablesFor({ name: null, phone: null, fields: { blank: '  ' } });

  test('refuses the message and names every one that is missing', () => {
    const content = {
      subject: 'Oi {{ contact.firstName }}',
      body: '{{ contact.phone | append: "!" }}',
      html: '<p>{{ contact.fields.blank }}</p>',
    };
    expect(renderContent({ content, variables: nobody })).toEqual({
      ok: false,
      reason: 'missingVariable',
      missing: ['contact.firstName', 'contact.phone', 'contact.fields.blank'],
    });
  });

  test('is filled by default, wherever that stands in the chain', () => {
    expect(body('Oi {{ contact.name | first_name | default: "tudo bem" }}?', nobody)).toBe('Oi tudo bem?');
    expect(body('[{{ contact.fields.blank | default: "" }}]', nobody)).toBe('[]');
  });

  test('does no harm inside a condition that is not met', () => {
    expect(body('{% if contact.phone %}{{ contact.phone }}{% else %}sem telefone{% endif %}', nobody)).toBe('sem telefone');
  });

  test('brings the fallback text, without HTML, and keeps a subject that is whole', () => {
    const content = { subject: 'Novidades', body: 'Oi {{ contact.name }}', html: '<b>{{ contact.name }}</b>', fallback: 'Oi, tudo bem?' };
    expect(renderContent({ content, variables: nobody })).toEqual({ ok: true, subject: 'Novidades', body: 'Oi, tudo bem?', html: null });
    const personal = { ...content, subject: 'Para {{ contact.name }}' };
    expect(renderContent({ content: personal, variables: nobody })).toMatchObject({ ok: true, subject: null });
  });

  test('refuses the fallback text too when that has a gap of its own', () => {
    const content = { body: '{{ contact.name }}', fallback: '{{ contact.phone }}' };
    expect(renderContent({ content, variables: nobody })).toMatchObject({ ok: false, missing: ['contact.name', 'contact.phone'] });
  });
});

describe('what a text cannot do', () => {
  test.each([
    '{{ contact.constructor }}',
    '{{ contact.fields.__proto__ }}',
    '{{ contact.fields.constructor.constructor }}',
    '{{ contact["__proto__"]["toString"] }}',
    '{{ process.env }}',
    '{{ globalThis }}',
    '{{ self }}',
  ])('%s reaches nothing', (text) => {
    expect(body(text)).toMatch(/^missingVariable/);
  });

  test.each(['{% include "/etc/passwd" %}', '{% render "x" %}', '{% layout "x" %}', '{{ contact | json }}', '{{ contact.name | raw }}'])(
    '%s is refused',
    (text) => {
      expect(body(text)).toMatch(/^templateError: Line 1, column \d+: There is no/);
    },
  );

  test.each([
    '{% for i in (1..100000000) %}{{ i }}{% endfor %}',
    '{% for i in (1..100000) %}{% for j in (1..100000) %}{{ j }}{% endfor %}{% endfor %}',
    '{% assign x = "ab" %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}{{ x }}',
    '{% assign x = "ab" %}{% for i in (1..60) %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}{{ x | size }}',
    '{{ (1..999999999) | join: "x" }}',
  ])('%s ends, and says why', (text) => {
    expect(body(text)).toMatch(/^templateError: .*(too long|too much memory)/);
  });

  test('a value is never read as a template, and never as HTML', () => {
    const hostile = variablesFor({ name: '{{ contact.email }}<script>alert("x")</script>' });
    const content = { body: '{{ contact.name }}', html: '<p title="{{ contact.name }}">{{ contact.name | upcase }}</p>' };
    const result = renderContent({ content, variables: hostile });
    expect(result).toMatchObject({ ok: true, body: '{{ contact.email }}<script>alert("x")</script>' });
    expect(result.ok && result.html).not.toContain('<script');
    expect(result.ok && result.html).not.toContain('alert("');
  });

  test('a group is not a value', () => {
    expect(body('{{ contact }}')).toBe('templateError: Line 1, column 1: "contact" is a group, not a value.');
  });

  test('a subject stays one line', () => {
    const hostile = variablesFor({ name: 'Maria\r\nBcc: all@example.com\u2028x' });
    const result = renderContent({ content: { subject: 'Oi {{ contact.name }}', body: '' }, variables: hostile });
    expect(result).toMatchObject({ ok: true, subject: 'Oi Maria Bcc: all@example.com x' });
    expect(oneLine(' a\tb\0c ')).toBe('a b c');
  });
});
