'use client';
/** The search box of a list. Its label is spoken; what is typed is handed on after a short rest. */
import { Input as BaseInput } from '@base-ui/react/input';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { cn } from './class-names.ts';
import { inputStyle } from './input-style.ts';

interface SearchInputProps {
  label: string;
  value: string;
  onSearch: (text: string) => void;
  delayMs?: number;
  className?: string;
}

export function SearchInput({ label, value, onSearch, delayMs = 250, className }: SearchInputProps) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), delayMs);
  };
  return (
    <div role="search" className={cn('relative w-full sm:w-72', className)}>
      <Search aria-hidden="true" className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted" />
      <BaseInput
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onValueChange={type}
        className={cn(inputStyle, 'h-9 text-ellipsis pl-9')}
      />
    </div>
  );
}
