/** One person twice: found, looked at side by side, merged; what was said and where the person is enrolled stays. */
import { expectGoodPage } from './accessibility.ts';
import { expect, makeSequence, owner, post, sandboxAccount, test } from './fixtures.ts';

test('two contacts with one mailbox are found, compared and merged, and the conversation and the enrolment go along', async ({ page }) => {
  await page.goto(`/${owner.slug}`);
  const sequenceId = await makeSequence(page, 'Retorno da Helena');
  const kept = await post<{ id: string }>(page, 'contacts.create', {
    name: 'Helena Prates',
    email: 'helena.prates@gmail.com',
    notes: 'Prefere de manhã',
  });
  const other = await post<{ id: string }>(page, 'contacts.create', {
    name: 'Helena P. Antunes',
    email: 'helenaprates+clinica@gmail.com',
    phone: '(48) 99812-0001',
    tags: ['Retorno'],
    notes: 'Ligar antes',
    timeZone: 'America/Manaus',
  });
  await post(page, 'contacts.create', { name: 'Leninha', email: 'helena.prates+leninha@gmail.com' });
  const consent = { channelKind: 'smtp', status: 'given', source: 'Ficha de retorno' };
  await post(page, 'contacts.setConsent', { id: other.id, ...consent });
  await post(page, 'enrolments.enrol', { sequenceId, contactIds: [other.id] });
  const reply = { contactId: other.id, channelAccountId: await sandboxAccount(page), text: 'Posso ir na quinta?' };
  await post(page, 'sandbox.reply', reply);

  await page.goto(`/${owner.slug}/contacts`);
  await page.getByRole('link', { name: 'Duplicados' }).click();
  await page.getByRole('button', { name: 'Procurar duplicados' }).click();
  const group = page.getByRole('region', { name: 'Helena Prates: 3 contatos' });
  await expect(group).toContainText('Mesma caixa de e-mail');
  await expect(group.getByRole('row', { name: /^Telefone/ })).toContainText('+55 48 99812-0001');
  await expect(group.getByRole('radio', { name: 'Fica Helena Prates', exact: true })).toBeChecked();
  await group.getByRole('radio', { name: 'Nome: fica Helena P. Antunes' }).click();
  const notes = group.getByRole('row', { name: /^Notas ficam todas/ });
  await expect(notes).toContainText('Prefere de manhã');
  await expect(notes).toContainText('Ligar antes');
  await expect(group.getByRole('row', { name: /^Fuso horário/ })).toContainText('Manaus');
  await expect(group.getByRole('row', { name: /^Consentimento/ })).toContainText('Ficha de retorno');
  await expectGoodPage(page);
  await group.getByRole('checkbox', { name: 'Mesclar Leninha' }).click();
  await group.getByRole('button', { name: 'Mesclar 2 contatos' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Mesclar' }).click();
  await expect(page.getByText('Contatos mesclados')).toBeVisible();
  await expect(group).toHaveCount(0);

  await page.goto(`/${owner.slug}/contacts/${kept.id}`);
  await expect(page.getByRole('heading', { name: 'Helena P. Antunes' })).toBeVisible();
  await expect(page.getByText('+55 48 99812-0001').first()).toBeVisible();
  await expect(page.getByText('helena.prates@gmail.com').first()).toBeVisible();
  await expect(page.getByText('Prefere de manhã')).toContainText('Ligar antes');
  await expect(page.getByText('Manaus (UTC−4)')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Inscrições' }).getByRole('link', { name: 'Retorno da Helena' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Conversas' })).toContainText('Sandbox');
  await expect(page.getByText('Posso ir na quinta?')).toBeVisible();
  const history = page.getByRole('list', { name: 'Histórico' });
  await expect(history).toContainText(`Mesclado com Helena P. Antunes por ${owner.name}`);
  await expect(history).toContainText('Trouxe 1 inscrição e 1 conversa.');
  await expectGoodPage(page);
});
