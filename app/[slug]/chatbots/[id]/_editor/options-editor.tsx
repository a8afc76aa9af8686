'use client';
/** The options of a choice: each has a label and may lead to a block of its own. */
import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { Block, Flow, Option } from '#server/domain/chatbot/flow.ts';
import { Button } from '#app/_ui/button.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Input } from '#app/_ui/input.tsx';
import { NextSelect } from './next-select.tsx';

interface OptionsEditorProps {
  flow: Flow;
  block: Extract<Block, { type: 'choices' }>;
  onChange: (options: readonly Option[]) => void;
}

const maxOptions = 20;

export function OptionsEditor({ flow, block, onChange }: OptionsEditorProps) {
  const t = useTranslations('chatbots.fields');
  const list = useRef<HTMLOListElement>(null);
  const { options } = block;
  const change = (index: number, option: Option) => onChange(options.with(index, option));
  const add = () => {
    onChange([...options, { label: '' }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus());
  };
  const moveUp = (index: number) => {
    const option = options[index];
    if (option) onChange(options.toSpliced(index, 1).toSpliced(index - 1, 0, option));
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t('options')}</legend>
      <ol ref={list} className="flex flex-col gap-2">
        {options.map((option, index) => (
          // Options have no identity but their place
          <li key={index} className="flex items-start gap-2">
            <span aria-hidden="true" className="w-5 shrink-0 pt-2 text-right text-muted text-xs leading-5 tabular-nums">
              {index + 1}
            </span>
            <div className="grid min-w-0 flex-1 gap-1.5 sm:grid-cols-2">
              <Input
                aria-label={t('option', { number: index + 1 })}
                placeholder={t('option', { number: index + 1 })}
                value={option.label}
                maxLength={80}
                onValueChange={(label) => change(index, { ...option, label })}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || options.length >= maxOptions) return;
                  event.preventDefault();
                  add();
                }}
              />
              <NextSelect
                flow={flow}
                block={block}
                value={option.next}
                inOrderLabel={t('optionDefault')}
                label={t('optionNext', { number: index + 1 })}
                onChange={(next) => change(index, { ...option, next })}
              />
            </div>
            <div className="flex shrink-0 flex-col sm:flex-row">
              <IconButton
                label={t('moveOptionUp', { number: index + 1 })}
                disabled={index === 0}
                size="md"
                className="hidden sm:inline-flex"
                onClick={() => moveUp(index)}
              >
                <ArrowUp aria-hidden="true" />
              </IconButton>
              <IconButton label={t('removeOption', { number: index + 1 })} size="md" onClick={() => onChange(options.toSpliced(index, 1))}>
                <Trash2 aria-hidden="true" />
              </IconButton>
            </div>
          </li>
        ))}
      </ol>
      {options.length < maxOptions && (
        <Button variant="quiet" size="sm" className="ml-5 self-start" onClick={add}>
          <Plus aria-hidden="true" />
          {t('addOption')}
        </Button>
      )}
    </fieldset>
  );
}
