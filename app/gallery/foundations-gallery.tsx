'use client';
import { Plus, Settings } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { Section } from '#app/_ui/section.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { sample } from './sample-words.ts';

const grounds = ['bg-paper', 'bg-raised', 'bg-sunken', 'bg-pressed', 'bg-line', 'bg-line-strong', 'bg-muted', 'bg-ink', 'bg-accent'];
const states = ['bg-waiting', 'bg-sent', 'bg-replied', 'bg-failed', 'bg-held'];
const softs = ['bg-waiting-soft', 'bg-sent-soft', 'bg-replied-soft', 'bg-failed-soft', 'bg-held-soft', 'bg-accent-soft', 'bg-danger-soft'];
const variants = ['primary', 'secondary', 'quiet', 'danger'] as const;
const sizes = ['text-xl font-medium', 'text-base', 'text-sm', 'text-xs text-muted'];

export function FoundationsGallery() {
  return (
    <>
      <Section title={sample.sections.colours}>
        {[grounds, states, softs].map((row) => (
          <div key={row[0]} className="mb-2 flex flex-wrap gap-2">
            {row.map((name) => (
              <div key={name} className="w-24">
                <div className={`h-10 rounded-md border ${name}`} />
                <div className="mt-1 truncate text-muted text-xs">{name.slice(3)}</div>
              </div>
            ))}
          </div>
        ))}
      </Section>
      <Section title={sample.sections.type}>
        {sizes.map((size, index) => (
          <p key={size} className={size}>
            {sample.sizes[index]} · 0123456789
          </p>
        ))}
        <p className="mt-2">
          <TextLink href="#content">{sample.create}</TextLink> <Kbd>Alt</Kbd> <Kbd>↑</Kbd>
        </p>
      </Section>
      <Section title={sample.sections.actions}>
        <div className="flex flex-col gap-3">
          {variants.map((variant) => (
            <div key={variant} className="flex flex-wrap items-center gap-2">
              <Button variant={variant}>{sample.publish}</Button>
              <Button variant={variant}>
                <Plus aria-hidden="true" />
                {sample.create}
              </Button>
              <Button variant={variant} size="sm">
                {sample.publish}
              </Button>
              <Button variant={variant} busy>
                {sample.publish}
              </Button>
              <Button variant={variant} disabled>
                {sample.publish}
              </Button>
              <IconButton variant={variant} label={sample.more}>
                <Settings aria-hidden="true" />
              </IconButton>
            </div>
          ))}
          <div>
            <LinkButton href="#content">{sample.create}</LinkButton>
          </div>
        </div>
      </Section>
    </>
  );
}
