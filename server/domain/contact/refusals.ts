/** Why a row of `contacts.createMany` made no contact. */
import type { EmailProblem } from '../address/email.ts';
import type { PhoneProblem } from '../address/phone.ts';

export type ContactProblem = PhoneProblem | EmailProblem | 'contactEmpty' | 'fieldUnknown' | 'fieldInvalid';
export type ContactRefusal = ContactProblem | 'alreadyExists' | 'duplicateInRequest';
