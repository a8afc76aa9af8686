/** What a contact agreed to. `given` and `withdrawn` are recorded with source and date; without a record nobody knows. */
export const consentStatuses = ['given', 'withdrawn'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];
