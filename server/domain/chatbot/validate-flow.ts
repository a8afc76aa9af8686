/** What keeps a flow from being published. Every problem names its block, so that the editor can show it there. */
import { type Block, blockOf, type Flow, keyAfter, keysAfter, startKey } from './flow.ts';
import { fold } from './fold.ts';
import { templateProblem } from './render-text.ts';

export type FlowProblemCode =
  | 'noBlocks'
  | 'unknownStart'
  | 'duplicateKey'
  | 'unknownNext'
  | 'unreachable'
  | 'endlessLoop'
  | 'emptyText'
  | 'textError'
  | 'noOptions'
  | 'emptyOption'
  | 'duplicateOption'
  | 'unknownField'
  | 'wrongTarget';

export interface FlowProblem {
  readonly code: FlowProblemCode;
  /** Null: of the flow as a whole. */
  readonly blockKey: string | null;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface FlowFacts {
  /** The workspace's custom fields. */
  readonly fields: readonly { readonly key: string; readonly kind: string }[];
}

/** An empty answer means that the flow can be published. */
export function validateFlow(flow: Flow, facts: FlowFacts): FlowProblem[] {
  if (flow.blocks.length === 0) return [{ code: 'noBlocks', blockKey: null }];
  return [
    ...(flow.start !== null && !blockOf(flow, flow.start)
      ? [{ code: 'unknownStart', blockKey: null, params: { next: flow.start } } as const]
      : []),
    ...duplicateKeys(flow),
    ...flow.blocks.flatMap((block) => [
      ...unknownNexts(flow, block),
      ...textProblems(flow, block, facts),
      ...optionProblems(block),
      ...targetProblems(block, facts),
    ]),
    ...unreachableBlocks(flow),
    ...endlessLoops(flow),
  ];
}

function duplicateKeys(flow: Flow): FlowProblem[] {
  const keys = flow.blocks.map((block) => block.key);
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map((key) => ({ code: 'duplicateKey', blockKey: key }));
}

function unknownNexts(flow: Flow, block: Block): FlowProblem[] {
  return keysAfter(flow, block)
    .concat('next' in block && block.next !== undefined ? [block.next] : [])
    .filter((key, index, keys) => keys.indexOf(key) === index && !blockOf(flow, key))
    .map((next) => ({ code: 'unknownNext', blockKey: block.key, params: { next } }));
}

function textProblems(flow: Flow, block: Block, facts: FlowFacts): FlowProblem[] {
  if (block.type === 'handOff' || block.type === 'end') return [];
  const needed = block.type === 'setField' ? block.value : block.text;
  if (needed.trim() === '') return [{ code: 'emptyText', blockKey: block.key }];
  const texts = block.type === 'question' || block.type === 'choices' ? [needed, block.retryText ?? ''] : [needed];
  const known = {
    fieldKeys: new Set(facts.fields.map((field) => field.key)),
    answerKeys: new Set(flow.blocks.filter((each) => each.type === 'question' || each.type === 'choices').map((each) => each.key)),
  };
  return texts.flatMap((text) => {
    const problem = templateProblem(text, known);
    return problem === null ? [] : [{ code: 'textError' as const, blockKey: block.key, params: { message: problem } }];
  });
}

function optionProblems(block: Block): FlowProblem[] {
  if (block.type !== 'choices') return [];
  if (block.options.length === 0) return [{ code: 'noOptions', blockKey: block.key }];
  const labels = block.options.map((option) => fold(option.label) || option.label.trim());
  if (labels.includes('')) return [{ code: 'emptyOption', blockKey: block.key, params: { option: labels.indexOf('') + 1 } }];
  const twice = labels.findIndex((label, index) => labels.indexOf(label) !== index);
  const label = block.options[twice]?.label;
  return label === undefined ? [] : [{ code: 'duplicateOption', blockKey: block.key, params: { label } }];
}

/** An address takes only an answer that is one; a number or date field only answers of its kind. */
function targetProblems(block: Block, facts: FlowFacts): FlowProblem[] {
  const target = block.type === 'setField' ? block.field : block.type === 'question' || block.type === 'choices' ? block.saveTo : undefined;
  if (target === undefined || target === 'contact.name') return [];
  const answers = block.type === 'question' ? block.kind : null;
  const wrong: FlowProblem = { code: 'wrongTarget', blockKey: block.key, params: { field: target } };
  if (target === 'contact.email') return answers === 'email' ? [] : [wrong];
  if (target === 'contact.phone') return answers === 'phone' ? [] : [wrong];
  const key = target.slice('contact.fields.'.length);
  const field = facts.fields.find((each) => each.key === key);
  if (!field) return [{ code: 'unknownField', blockKey: block.key, params: { field: key } }];
  const typed = field.kind === 'number' || field.kind === 'date';
  return typed && block.type === 'question' && answers !== field.kind ? [wrong] : [];
}

function unreachableBlocks(flow: Flow): FlowProblem[] {
  const reached = new Set<string>();
  const open = [startKey(flow)];
  while (open.length > 0) {
    const key = open.pop();
    const block = key === null || key === undefined || reached.has(key) ? null : blockOf(flow, key);
    if (!block) continue;
    reached.add(block.key);
    open.push(...keysAfter(flow, block));
  }
  return flow.blocks.filter((block) => !reached.has(block.key)).map((block) => ({ code: 'unreachable', blockKey: block.key }));
}

/** A circle without a question in it would run for ever; it is reported at its first block in order. */
function endlessLoops(flow: Flow): FlowProblem[] {
  const inLoop = flow.blocks.filter((block) => {
    const seen = new Set<string>();
    let at: Block | null = block;
    while (at && at.type !== 'question' && at.type !== 'choices' && !seen.has(at.key)) {
      seen.add(at.key);
      const next = keyAfter(flow, at);
      if (next === block.key) return true;
      at = next === null ? null : blockOf(flow, next);
    }
    return false;
  });
  const reported = new Set<string>();
  return inLoop.flatMap((block) => {
    if (reported.has(block.key)) return [];
    let key: string | null = block.key;
    while (key !== null && !reported.has(key)) {
      reported.add(key);
      const at: Block | null = blockOf(flow, key);
      key = at && keyAfter(flow, at);
    }
    return [{ code: 'endlessLoop' as const, blockKey: block.key }];
  });
}
