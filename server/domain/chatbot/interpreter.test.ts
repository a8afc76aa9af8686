import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Flow, flowSchema } from './flow.ts';
import { answer, type BotEffect, type BotTurn, startBot } from './interpreter.ts';
import type { BotFacts } from './render-text.ts';
import { testFacts } from './testing/facts.ts';
import { anyAnswers, anyFlow, satisfactionFlow } from './testing/flows.ts';
import { validateFlow } from './validate-flow.ts';

function talk(flow: Flow, answers: readonly string[], facts: BotFacts = testFacts()): BotTurn[] {
  const turns = [startBot(flow, facts)];
  for (const text of answers) turns.push(answer(flow, (turns.at(-1) as BotTurn).state, text, facts));
  return turns;
}

function said(turn: BotTurn | undefined): string[] {
  return (turn?.effects ?? []).flatMap((effect) => (effect.kind === 'say' ? [effect.text] : []));
}

function effectsOf<Kind extends BotEffect['kind']>(turns: readonly BotTurn[], kind: Kind): Extract<BotEffect, { kind: Kind }>[] {
  return turns.flatMap((turn) => turn.effects.filter((effect): effect is Extract<BotEffect, { kind: Kind }> => effect.kind === kind));
}

function flow(...blocks: object[]): Flow {
  return flowSchema.parse({ start: null, blocks });
}

describe('a conversation', () => {
  test('greets, asks, stores what it learns and ends as completed', () => {
    const turns = talk(satisfactionFlow, ['otimo', 'ana@exemplo.com']);
    expect(said(turns[0])).toEqual(['Oi, Ana.', 'Como foi o atendimento?\n\n1. Ótimo\n2. Regular\n3. Ruim']);
    expect(said(turns[1])).toEqual(['Qual é o seu e-mail?']);
    expect(said(turns[2])).toEqual(['Obrigado. Anotamos "Ótimo".']);
    expect(effectsOf(turns, 'setField').map(({ field, value }) => [field, value])).toEqual([
      ['contact.fields.rating', 'Ótimo'],
      ['contact.email', 'ana@exemplo.com'],
      ['contact.fields.surveyed', 'sim: ótimo'],
    ]);
    expect(turns.at(-1)?.effects.at(-1)).toEqual({ kind: 'outcome', outcome: 'completed' });
  });

  test('goes where the chosen option leads, to a person', () => {
    const turns = talk(satisfactionFlow, ['3']);
    expect(said(turns[1])).toEqual(['Sentimos muito. Uma pessoa da equipe vai falar com você.']);
    expect(turns[1]?.state.outcome).toBe('handoff');
  });

  test('offers the options again when it did not understand, in its own words first', () => {
    const [, turn] = talk(satisfactionFlow, ['azul']);
    expect(turn?.effects).toEqual([
      {
        kind: 'say',
        block: 'rating',
        text: 'Não entendi. Pode responder com o número ou o nome de uma das opções?\n\n1. Ótimo\n2. Regular\n3. Ruim',
        options: ['Ótimo', 'Regular', 'Ruim'],
      },
    ]);
  });

  test('gives up after the attempts of the block, to a person unless the block says otherwise', () => {
    expect(talk(satisfactionFlow, ['x', 'y', 'z']).at(-1)?.state.outcome).toBe('handoff');
    expect(talk(satisfactionFlow, ['x', '1', 'nenhum', 'nenhum']).at(-1)?.state).toMatchObject({
      outcome: 'completed',
      fields: { 'contact.fields.surveyed': 'sim: ótimo' },
    });
    const unanswered = flow({ key: 'q', type: 'question', kind: 'number', text: 'Quantos?', attempts: 1, whenUnclear: 'noAnswer' });
    expect(talk(unanswered, ['muitos']).at(-1)?.state.outcome).toBe('noAnswer');
  });

  test('uses the retry text of the block where there is one', () => {
    const asking = flow({
      key: 'q',
      type: 'question',
      kind: 'number',
      text: 'Quantos?',
      retryText: 'Só o número, {{ contact.firstName }}.',
    });
    expect(said(talk(asking, ['muitos'])[1])).toEqual(['Só o número, Ana.']);
  });

  test('speaks English to those who read it', () => {
    const asking = flow({ key: 'q', type: 'question', kind: 'number', text: 'How many?' });
    expect(said(talk(asking, ['lots'], testFacts({}, { locale: 'en' }))[1])[0]).toMatch(/^I did not get the number/);
  });

  test('never says a text with a hole in it: the text is left out, a question that cannot be asked is an error', () => {
    const facts = testFacts({ name: null });
    const turn = startBot(
      flow({ key: 'hi', type: 'text', text: 'Oi, {{ contact.firstName }}.' }, { key: 'bye', type: 'text', text: 'Até.' }),
      facts,
    );
    expect(said(turn)).toEqual(['Até.']);
    expect(turn.effects[0]).toEqual({ kind: 'unsaid', block: 'hi', missing: ['contact.firstName'] });
    const asking = startBot(flow({ key: 'q', type: 'question', kind: 'text', text: '{{ contact.firstName }}?' }), facts);
    expect(asking.state.outcome).toBe('error');
  });

  test('a flow without questions says all and ends at once', () => {
    const turn = startBot(flow({ key: 'a', type: 'text', text: 'Um' }, { key: 'b', type: 'text', text: 'Dois' }), testFacts());
    expect(said(turn)).toEqual(['Um', 'Dois']);
    expect(turn.state.outcome).toBe('completed');
  });

  test('begins at the start block', () => {
    const started = flowSchema.parse({
      start: 'b',
      blocks: [
        { key: 'a', type: 'text', text: 'Um' },
        { key: 'b', type: 'text', text: 'Dois' },
      ],
    });
    expect(said(startBot(started, testFacts()))).toEqual(['Dois']);
  });

  test('what was set just now is known to the texts that follow', () => {
    const asking = flow(
      { key: 'who', type: 'question', kind: 'text', text: 'Seu nome?', saveTo: 'contact.name' },
      { key: 'hi', type: 'text', text: 'Prazer, {{ contact.firstName }}.' },
    );
    expect(said(talk(asking, ['bruno lima'])[1])).toEqual(['Prazer, Bruno.']);
  });

  test('an ended session stays silent', () => {
    const turns = talk(satisfactionFlow, ['3', 'alô?']);
    expect(turns.at(-1)?.effects).toEqual([]);
    expect(turns.at(-1)?.state).toEqual(turns.at(-2)?.state);
  });
});

describe('any flow', () => {
  test('ends or waits for an answer, and its state survives JSON and a restart', () => {
    fc.assert(
      fc.property(anyFlow, anyAnswers, (drawn, answers) => {
        const facts = testFacts();
        let turn = startBot(drawn, facts);
        for (const text of answers) {
          expect((turn.state.at === null) !== (turn.state.outcome === null)).toBe(true);
          const restored = JSON.parse(JSON.stringify(turn.state)) as BotTurn['state'];
          expect(restored).toEqual(turn.state);
          const here = answer(drawn, turn.state, text, facts);
          expect(answer(structuredClone(drawn), restored, text, testFacts())).toEqual(here);
          turn = here;
        }
      }),
      { numRuns: 500 },
    );
  });

  test('says nothing after its outcome, has one outcome at most, and never fails once it may be published', () => {
    const fields = ['city', 'color'].map((key) => ({ key, kind: 'text' }));
    fc.assert(
      fc.property(anyFlow, anyAnswers, (drawn, answers) => {
        const turns = talk(drawn, answers, testFacts({ fields: { city: 'Recife', color: 'azul', nothing: 'algo' } }));
        const effects = turns.flatMap((turn) => turn.effects);
        const end = effects.findIndex((effect) => effect.kind === 'outcome');
        if (end >= 0) expect(end).toBe(effects.length - 1);
        const usesAnswers = JSON.stringify(drawn).includes('answers.');
        if (!usesAnswers && validateFlow(drawn, { fields: [...fields, { key: 'nothing', kind: 'text' }] }).length === 0) {
          expect(turns.at(-1)?.state.outcome).not.toBe('error');
        }
      }),
      { numRuns: 500 },
    );
  });
});
