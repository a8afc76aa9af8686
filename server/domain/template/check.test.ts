import { expect, test } from 'vitest';
import { checkTemplate, variablesOf } from './check.ts';

function found(text: string, fieldKeys?: string[]): string[] {
  const facts = fieldKeys ? { fieldKeys: new Set(fieldKeys) } : {};
  return checkTemplate(text, facts).map(({ code, what, line, column }) => `${code} ${what} ${line}:${column}`);
}

test('a sound text has no problems', () => {
  expect(
    found('Oi {{ contact.name | first_name | default: "você" }}, {% if contact.fields.city %}{{ contact.fields.city }}{% endif %}'),
  ).toEqual([]);
  expect(found('{% assign x = contact.name %}{{ x }} {% for i in (1..3) %}{{ i }}{{ forloop.index }}{% endfor %}')).toEqual([]);
  expect(found('plain { text }')).toEqual([]);
});

test.each([
  ['Oi\n  {{ contact.name', 'unclosedOutput {{ contact.name 2:3'],
  ['{% if contact.name %}Oi', 'unclosedTag {% if contact.name %} 1:1'],
  ['{% include "x" %}', 'unknownTag include 1:1'],
  ['{{ contact.name | frist_name }}', 'unknownFilter frist_name 1:1'],
  ['Oi {{ contact.nome }}', 'unknownVariable contact.nome 1:7'],
  ['Oi {{ nome }}', 'unknownVariable nome 1:7'],
  ['{{ contact }}', 'notAValue contact 1:4'],
  ['{{ contact.fields }}', 'notAValue contact.fields 1:4'],
])('%s: %s', (text, problem) => {
  expect(found(text)).toEqual([problem]);
});

test('several mistakes are all named', () => {
  expect(found('{{ contact.name | a }} {% b %}')).toEqual(['unknownFilter a 1:1', 'unknownTag b 1:24']);
});

test('a contact field is unknown only where the fields are known', () => {
  expect(found('{{ contact.fields.city }}')).toEqual([]);
  expect(found('{{ contact.fields.city }}', ['plan'])).toEqual(['unknownVariable contact.fields.city 1:4']);
  expect(found('{{ contact.fields.city }}', ['city'])).toEqual([]);
});

test('the words of a problem say what to do', () => {
  expect(checkTemplate('{{ contact.name')[0]?.message).toBe('"{{ contact.name" is not closed: end it with }}.');
});

test('the variables of a text are told once each, own names left out', () => {
  expect(variablesOf('{{ contact.name }} {{ contact.name | upcase }} {% if contact.fields.city == sender.name %}x{% endif %}')).toEqual([
    'contact.name',
    'contact.fields.city',
    'sender.name',
  ]);
  expect(variablesOf('{% assign x = 1 %}{{ x }}')).toEqual([]);
  expect(variablesOf('{{ broken')).toEqual([]);
});
