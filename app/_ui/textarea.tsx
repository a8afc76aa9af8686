'use client';
/** Several lines of text; grows with what is written, up to its `max-h`. */
import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';
import { inputStyle } from './input-style.ts';

export function Textarea({ className, ref, ...rest }: ComponentProps<'textarea'>) {
  return (
    <Field.Control
      render={<textarea ref={ref} {...rest} className={cn(inputStyle, 'field-sizing-content max-h-96 min-h-20 py-2', className)} />}
    />
  );
}
