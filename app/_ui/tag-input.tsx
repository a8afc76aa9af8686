'use client';
/** Short words in one field: Enter or a comma makes one, Backspace in the empty field takes the last. `suggestions` are known ones. */
import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { cn } from './class-names.ts';
import { inputStyle } from './input-style.ts';

interface TagInputProps {
  value: readonly string[];
  onValueChange: (tags: string[]) => void;
  suggestions?: readonly string[];
  /** What the button of one tag says: "Remove VIP". */
  removeLabel: (tag: string) => string;
  placeholder?: string;
  'aria-label': string;
  className?: string;
}

export function TagInput({ value, onValueChange, suggestions = [], removeLabel, placeholder, className, ...rest }: TagInputProps) {
  const [text, setText] = useState('');
  const listId = useId();
  const has = (tag: string) => value.some((other) => other.toLowerCase() === tag.toLowerCase());
  const commit = (typed: string) => {
    const added = typed
      .split(/[,;|]/)
      .map((tag) => tag.trim().slice(0, 60))
      .filter((tag, index, all) => tag !== '' && !has(tag) && all.indexOf(tag) === index);
    if (added.length > 0) onValueChange([...value, ...added]);
    setText('');
  };
  const type = (typed: string) => {
    if (/[,;|]/.test(typed) || (!has(typed) && suggestions.includes(typed) && typed.length - text.length > 1)) commit(typed);
    else setText(typed);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault();
      commit(text);
    }
    if (event.key === 'Backspace' && text === '' && value.length > 0) onValueChange(value.slice(0, -1));
  };
  return (
    <div className={cn(inputStyle, 'flex min-h-9 flex-wrap items-center gap-1 px-1.5 py-1 focus-within:border-focus', className)}>
      {value.map((tag) => (
        <span key={tag} className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-md bg-sunken pl-2 text-xs">
          <span className="truncate">{tag}</span>
          <button
            type="button"
            aria-label={removeLabel(tag)}
            onClick={() => onValueChange(value.filter((other) => other !== tag))}
            className="flex size-6 items-center justify-center rounded-md text-muted hover:text-ink"
          >
            <X className="size-3" aria-hidden="true" />
          </button>
        </span>
      ))}
      <input
        aria-label={rest['aria-label']}
        list={listId}
        value={text}
        maxLength={200}
        placeholder={value.length === 0 ? placeholder : undefined}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
        onBlur={() => commit(text)}
        className="h-6 min-w-24 flex-1 bg-transparent px-1.5 outline-none placeholder:text-muted"
      />
      <datalist id={listId}>
        {suggestions
          .filter((tag) => !has(tag))
          .slice(0, 50)
          .map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
      </datalist>
    </div>
  );
}
