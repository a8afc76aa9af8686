'use client';
/** A text with variables: its label, the picker beside it, and the text itself, in one line or several. */
import { Field as BaseField } from '@base-ui/react/field';
import { type RefObject, useRef } from 'react';
import { Input } from '#app/_ui/input.tsx';
import { Textarea } from '#app/_ui/textarea.tsx';
import { type PickableField, VariablePicker } from './variable-picker.tsx';

interface TemplateFieldProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  fields: readonly PickableField[];
  singleLine?: boolean;
  maxLength?: number;
  disabled?: boolean;
  className?: string;
}

export function TemplateField(props: TemplateFieldProps) {
  const { label, hint, value, onChange, fields, singleLine, maxLength, disabled, className } = props;
  const control = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const insert = (variable: string) => {
    const { start, end } = selectionOf(control, value);
    onChange(value.slice(0, start) + variable + value.slice(end));
    // After the text was written anew, the cursor goes behind what was inserted.
    requestAnimationFrame(() => {
      control.current?.focus();
      control.current?.setSelectionRange(start + variable.length, start + variable.length);
    });
  };
  return (
    <BaseField.Root className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-center justify-between gap-3">
        <BaseField.Label className="font-medium text-sm">{label}</BaseField.Label>
        <VariablePicker fields={fields} disabled={disabled} onPick={insert} />
      </div>
      {singleLine ? (
        <Input ref={control} value={value} maxLength={maxLength} disabled={disabled} onValueChange={onChange} className={className} />
      ) : (
        <Textarea
          ref={control}
          value={value}
          maxLength={maxLength}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
          className={className}
        />
      )}
      {hint && <BaseField.Description className="text-muted text-xs">{hint}</BaseField.Description>}
    </BaseField.Root>
  );
}

function selectionOf(control: RefObject<HTMLTextAreaElement | null>, value: string): { start: number; end: number } {
  const { selectionStart, selectionEnd } = control.current ?? {};
  return { start: selectionStart ?? value.length, end: selectionEnd ?? value.length };
}
