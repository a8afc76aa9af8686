'use client';
/** A text that may speak of the contact and of earlier answers, with a menu that puts variables in at the cursor. */
import { Braces } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { Block, Flow } from '#server/domain/chatbot/flow.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { Textarea } from '#app/_ui/textarea.tsx';
import type { ContactField } from './chatbot-editor.tsx';
import { useBlockName } from './use-block-name.ts';

interface TextAreaProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  flow: Flow;
  block: Block;
  fields: readonly ContactField[];
  placeholder?: string;
  maxLength: number;
  optionalLabel?: string;
  short?: boolean;
  /** Marks the control that is focused when its block opens. */
  first?: boolean;
}

export function TextArea({
  label,
  value,
  onChange,
  flow,
  block,
  fields,
  placeholder,
  maxLength,
  optionalLabel,
  short,
  first,
}: TextAreaProps) {
  const t = useTranslations('chatbots');
  const nameOf = useBlockName(flow);
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (variable: string) => {
    const start = area.current?.selectionStart ?? value.length;
    const end = area.current?.selectionEnd ?? start;
    const written = `{{ ${variable} }}`;
    onChange(value.slice(0, start) + written + value.slice(end));
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(start + written.length, start + written.length);
    });
  };
  const answers = flow.blocks.filter((each) => each.key !== block.key && (each.type === 'question' || each.type === 'choices'));
  return (
    <div className="relative">
      <Field label={label} optionalLabel={optionalLabel}>
        <Textarea
          ref={area}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
          maxLength={maxLength}
          data-first={first || undefined}
          className={short ? 'min-h-9' : undefined}
        />
      </Field>
      <div className="-top-1.5 absolute right-0">
        <Menu
          trigger={
            <Button variant="quiet" size="sm" className="h-7 px-2 font-normal text-muted text-xs">
              <Braces aria-hidden="true" className="size-3.5" />
              {t('fields.variable')}
            </Button>
          }
        >
          <MenuItem onSelect={() => insert(`contact.firstName | default: "${t('variables.firstNameDefault')}"`)}>
            {t('variables.firstName')}
          </MenuItem>
          <MenuItem onSelect={() => insert('contact.name')}>{t('variables.name')}</MenuItem>
          <MenuItem onSelect={() => insert('contact.email')}>{t('variables.email')}</MenuItem>
          <MenuItem onSelect={() => insert('contact.phone')}>{t('variables.phone')}</MenuItem>
          {fields.length > 0 && <MenuSeparator />}
          {fields.map((field) => (
            <MenuItem key={field.key} onSelect={() => insert(`contact.fields.${field.key}`)}>
              {field.label}
            </MenuItem>
          ))}
          {answers.length > 0 && <MenuSeparator />}
          {answers.map((each) => (
            <MenuItem key={each.key} onSelect={() => insert(`answers.${each.key}`)}>
              {t('fields.answerTo', { block: nameOf(each) })}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </div>
  );
}
