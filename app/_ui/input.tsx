'use client';
/** One line of text. Inside a `Field` its label, hint and error are wired by ids. */
import { Input as BaseInput } from '@base-ui/react/input';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';
import { inputStyle } from './input-style.ts';

export function Input({ className, ...rest }: Omit<ComponentProps<typeof BaseInput>, 'className'> & { className?: string }) {
  return <BaseInput {...rest} className={cn(inputStyle, 'h-9', className)} />;
}
