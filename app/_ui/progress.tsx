'use client';
/** How far long work has come. `value` null: under way, nobody knows how far. */
import { Progress as BaseProgress } from '@base-ui/react/progress';
import type { ReactNode } from 'react';

interface ProgressProps {
  label: ReactNode;
  value: number | null;
  max?: number;
  /** Words at the end of the line: "8,120 of 10,000". */
  detail?: ReactNode;
}

export function Progress({ label, value, max = 100, detail }: ProgressProps) {
  return (
    <BaseProgress.Root value={value} max={max} className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <BaseProgress.Label>{label}</BaseProgress.Label>
        {detail && <span className="text-muted text-xs">{detail}</span>}
      </div>
      <BaseProgress.Track className="h-1.5 overflow-hidden rounded-full bg-pressed">
        <BaseProgress.Indicator className="block h-full rounded-full bg-ink transition-[width] data-[indeterminate]:w-1/3 data-[indeterminate]:animate-pulse" />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}
