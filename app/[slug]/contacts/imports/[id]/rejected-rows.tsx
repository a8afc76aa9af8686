'use client';
/** Refused rows, grouped by cause; each group opens to its rows as they stand in the file. */
import { useFormatter } from 'next-intl';
import { useState } from 'react';
import { useReasonText } from '../../_import/reason-text.ts';
import { RowList } from './row-list.tsx';

interface RejectedRowsProps {
  importId: string;
  refusedBy: readonly { readonly reason: string; readonly count: number }[];
}

export function RejectedRows({ importId, refusedBy }: RejectedRowsProps) {
  return (
    <ul className="max-w-3xl border-line border-t">
      {refusedBy.map(({ reason, count }) => (
        <Cause key={reason} importId={importId} reason={reason} count={count} />
      ))}
    </ul>
  );
}

function Cause({ importId, reason, count }: { importId: string; reason: string; count: number }) {
  const format = useFormatter();
  const reasonText = useReasonText();
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="border-line border-b">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer py-3 font-medium hover:bg-sunken">
          {reasonText(reason)}
          <span className="float-right ml-4 font-normal tabular-nums">{format.number(count)}</span>
        </summary>
        {isOpen && <RowList importId={importId} filter={{ outcome: 'rejected', reason }} count={count} />}
      </details>
    </li>
  );
}
