'use client';
/** What can be changed of a block, by its type. */
import { useTranslations } from 'next-intl';
import type { AskingBlock, Block, Flow, QuestionKind, WhenUnclear } from '#server/domain/chatbot/flow.ts';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { ContactField } from './chatbot-editor.tsx';
import { NextSelect } from './next-select.tsx';
import { OptionsEditor } from './options-editor.tsx';
import { TargetSelect } from './target-select.tsx';
import { TextArea } from './text-area.tsx';

export interface BlockFormProps<Kind extends Block = Block> {
  flow: Flow;
  block: Kind;
  fields: readonly ContactField[];
  onChange: (block: Kind) => void;
}

const questionKinds: readonly QuestionKind[] = ['text', 'number', 'email', 'phone', 'date'];
const unclearChoices: readonly WhenUnclear[] = ['handoff', 'noAnswer', 'goOn'];
const maxText = 4_000;

export function BlockForm(props: BlockFormProps) {
  const t = useTranslations('chatbots');
  const { flow, block, fields, onChange } = props;
  if (block.type === 'handOff' || block.type === 'end') return <p className="text-muted">{t(`typeHints.${block.type}`)}.</p>;
  const isLast = flow.blocks.at(-1) === block;
  return (
    <div className="flex flex-col gap-4">
      {block.type === 'text' && (
        <TextArea
          {...{ flow, block, fields }}
          first
          label={t('fields.text')}
          value={block.text}
          maxLength={maxText}
          onChange={(text) => onChange({ ...block, text })}
        />
      )}
      {block.type === 'setField' && (
        <>
          <TargetSelect
            label={t('fields.field')}
            block={block}
            fields={fields}
            value={block.field}
            onChange={(field) => field && onChange({ ...block, field })}
          />
          <TextArea
            {...{ flow, block, fields }}
            first
            short
            label={t('fields.value')}
            value={block.value}
            maxLength={1_000}
            onChange={(value) => onChange({ ...block, value })}
          />
        </>
      )}
      {(block.type === 'question' || block.type === 'choices') && <AskingForm {...{ flow, block, fields, onChange }} />}
      <Field label={t('fields.next')}>
        <NextSelect
          flow={flow}
          block={block}
          value={block.next}
          inOrderLabel={isLast ? t('fields.nextEnd') : t('fields.nextInOrder')}
          onChange={(next) => onChange({ ...block, next })}
        />
      </Field>
    </div>
  );
}

function AskingForm({ flow, block, fields, onChange }: BlockFormProps<AskingBlock>) {
  const t = useTranslations('chatbots');
  return (
    <>
      <TextArea
        {...{ flow, block, fields }}
        first
        label={t('fields.questionText')}
        value={block.text}
        maxLength={maxText}
        onChange={(text) => onChange({ ...block, text })}
      />
      {block.type === 'choices' && (
        <OptionsEditor flow={flow} block={block} onChange={(options) => onChange({ ...block, options: [...options] })} />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {block.type === 'question' && (
          <Field label={t('fields.kind')}>
            <Select
              options={questionKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              value={block.kind}
              onValueChange={(kind) => onChange({ ...block, kind })}
            />
          </Field>
        )}
        <TargetSelect
          optional
          label={t('fields.saveTo')}
          block={block}
          fields={fields}
          value={block.saveTo}
          onChange={(saveTo) => onChange({ ...block, saveTo })}
        />
      </div>
      <details className="group rounded-md">
        <summary className="cursor-pointer text-muted hover:text-ink">{t('fields.advanced')}</summary>
        <div className="mt-3 flex flex-col gap-4">
          <TextArea
            {...{ flow, block, fields }}
            short
            label={t('fields.retryText')}
            placeholder={t('fields.retryPlaceholder')}
            value={block.retryText ?? ''}
            maxLength={maxText}
            onChange={(text) => onChange({ ...block, retryText: text === '' ? undefined : text })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('fields.attempts')}>
              <Input
                type="number"
                min={1}
                max={10}
                value={block.attempts}
                onValueChange={(value) => onChange({ ...block, attempts: Math.min(Math.max(Math.trunc(Number(value)) || 1, 1), 10) })}
              />
            </Field>
            <Field label={t('fields.whenUnclear')}>
              <Select
                options={unclearChoices.map((value) => ({ value, label: t(`unclear.${value}`) }))}
                value={block.whenUnclear}
                onValueChange={(whenUnclear) => onChange({ ...block, whenUnclear })}
              />
            </Field>
          </div>
        </div>
      </details>
    </>
  );
}
