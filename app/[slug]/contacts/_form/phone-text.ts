/** An E.164 phone as people read it: Brazilian ones grouped as at home, others as they are. */
export function phoneText(phone: string): string {
  const brazilian = /^\+55(\d{2})(\d{4,5})(\d{4})$/.exec(phone);
  return brazilian ? `+55 ${brazilian[1]} ${brazilian[2]}-${brazilian[3]}` : phone;
}
