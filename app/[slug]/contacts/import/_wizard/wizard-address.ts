'use client';
/** Where one is in the wizard, as the address has it: a reload, a bookmark and a colleague's link lead there again. */
import { useSearchParams } from 'next/navigation';
import { addressOfDraft } from '../../_import/address-of-draft.ts';
import { type WizardStep, wizardSteps } from './steps.tsx';

export function useWizardAddress(slug: string) {
  const params = useSearchParams();
  const importId = params.get('import');
  const mends = params.get('mends');
  const named = wizardSteps.find((step) => step === params.get('step'));
  const step: WizardStep = importId === null ? 'file' : (named ?? 'format');
  return {
    importId,
    step,
    /** The import whose refused rows are to come, mended, where the address says so. */
    mends,
    /** An entry of the history: the browser's way back is the step before. */
    go: (next: WizardStep, id: string) => window.history.pushState(null, '', addressOfDraft(slug, id, next, mends)),
    /** The same without one: where the address led cannot be yet. */
    goInstead: (next: WizardStep, id: string) => window.history.replaceState(null, '', addressOfDraft(slug, id, next, mends)),
  };
}
