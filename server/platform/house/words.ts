/** Finds words on screen that stand in the code instead of in the catalogues of `app/_i18n`. */
import { lineOf, type Node, type SourceFile, walk } from './source-files.ts';

/** Attributes whose text a person sees or hears. */
const seenAttributes = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'description',
  'heading',
  'hint',
  'label',
  'message',
  'placeholder',
  'text',
  'title',
]);
/** Functions whose first argument a person sees. */
const seenCalls = new Set([
  'toast',
  'toast.success',
  'toast.error',
  'toast.info',
  'toast.warning',
  'toast.message',
  'alert',
  'confirm',
  'prompt',
]);

/** Names that are the same in every language, and examples of what a machine reads. */
const sameEverywhere =
  /^(Andante|CSV|SMTP|HTTP|URL|API|E\.164|Português|Português \(Brasil\)|English|https?:\/\/\S+|[\w.+-]+@[\w.-]+|[\w-]+\.[\w.-]+|\+?\d[\d\s()-]*)$/;

/** `file:line "text"` for every word on screen that is written in the code. */
export function findWords(file: SourceFile): string[] {
  const found: string[] = [];
  const report = (node: Node, text: string): void => {
    const words = text.trim();
    if (/\p{L}{2,}/u.test(words) && !sameEverywhere.test(words)) found.push(`${file.path}:${lineOf(file, node)} "${words}"`);
  };
  walk(file.program, (node, ancestors) => {
    if (node.type === 'JSXText') report(node, String(node['value']));
    const text = textOf(node);
    if (text === null) return;
    const seen = ancestors.toReversed().find((ancestor) => !passesThrough(ancestor.type));
    if (seen?.type === 'JSXExpressionContainer') {
      const holder = ancestors[ancestors.indexOf(seen) - 1];
      if (holder?.type === 'JSXElement' || holder?.type === 'JSXFragment') report(node, text);
      if (holder?.type === 'JSXAttribute' && isSeenAttribute(holder)) report(node, text);
    }
    if (seen?.type === 'JSXAttribute' && isSeenAttribute(seen)) report(node, text);
    if (seen?.type === 'CallExpression' && seenCalls.has(calleeOf(seen)) && firstArgument(seen) === node) report(node, text);
  });
  return found;
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'TemplateElement') return String((node['value'] as { cooked: string }).cooked);
  return null;
}

/** The value of these is one of their parts, so a text in them is where they are. */
function passesThrough(type: string): boolean {
  return (
    type === 'ConditionalExpression' || type === 'LogicalExpression' || type === 'TemplateLiteral' || type === 'ParenthesizedExpression'
  );
}

function isSeenAttribute(attribute: Node): boolean {
  return seenAttributes.has(String((attribute['name'] as Node)['name']));
}

function calleeOf(call: Node): string {
  const callee = call['callee'] as Node;
  if (callee.type === 'Identifier') return String(callee['name']);
  if (callee.type !== 'MemberExpression') return '';
  return `${String((callee['object'] as Node)['name'])}.${String((callee['property'] as Node)['name'])}`;
}

function firstArgument(call: Node): Node | undefined {
  return (call['arguments'] as Node[])[0];
}
