import { expectGoodPage } from './accessibility.ts';
import { expect, owner, test } from './fixtures.ts';

test('a chatbot is drawn, tried out and published by somebody who has never seen one', async ({ page }) => {
  // Axe looks at five states of it, each in both themes
  test.slow();
  await page.goto(`/${owner.slug}/chatbots`);
  await expect(page.getByRole('link', { name: 'Pesquisa de satisfação (exemplo)' })).toBeVisible();
  await expectGoodPage(page);

  await page.getByRole('button', { name: 'Novo chatbot' }).click();
  await page.getByLabel('Nome', { exact: true }).fill('Convite para o evento');
  await page.keyboard.press('Enter');
  await expect(page.getByText('O fluxo começa vazio')).toBeVisible();
  await expectGoodPage(page);

  const add = async (type: RegExp) => {
    await page.getByRole('button', { name: 'Acrescentar bloco', exact: true }).click();
    await page.getByRole('menuitem', { name: type }).click();
  };
  await add(/^Opções/);
  await page.getByLabel('Pergunta', { exact: true }).fill('Você vem ao evento?');
  await page.getByLabel('Opção 1', { exact: true }).fill('Sim');
  await expect(page.getByText('A opção 2 está sem nome.')).toBeVisible();
  await page.getByRole('button', { name: 'Publicar' }).click();
  await expect(page.getByRole('dialog', { name: 'Ainda não dá para publicar' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByLabel('Opção 2', { exact: true }).fill('Não');
  await expectGoodPage(page);

  await add(/^Pergunta/);
  await page.getByLabel('Pergunta', { exact: true }).fill('Quantas pessoas vêm com você?');
  await page.getByLabel('Tipo de resposta').click();
  await page.getByRole('option', { name: 'Número' }).click();
  await page.getByRole('button', { name: 'Novo campo' }).click();
  await page.getByLabel('Nome do campo').fill('Acompanhantes');
  await page.getByRole('button', { name: 'Criar campo' }).click();
  await add(/^Encerrar/);
  await page.getByRole('button', { name: 'Ações do bloco 1' }).click();
  await page.getByRole('menuitem', { name: 'Duplicar' }).click();
  await page.getByRole('button', { name: 'Ações do bloco 2' }).click();
  await page.getByRole('menuitem', { name: 'Excluir bloco' }).click();
  await expect(page.getByText('Salvo', { exact: true })).toBeVisible();

  const chat = page.getByRole('region', { name: 'Conversa de teste' });
  await chat.getByRole('button', { name: 'Começar a conversa' }).click();
  await chat.getByRole('button', { name: 'Sim', exact: true }).click();
  await expect(chat.getByText('Quantas pessoas vêm com você?')).toBeVisible();
  await chat.getByLabel('Sua resposta').fill('umas três');
  await chat.getByRole('button', { name: 'Enviar' }).click();
  await expect(chat.getByText(/Não entendi o número/)).toBeVisible();
  await chat.getByLabel('Sua resposta').fill('3');
  await chat.getByRole('button', { name: 'Enviar' }).click();
  await expect(chat.getByText('Concluída')).toBeVisible();
  await expect(chat.getByText('Acompanhantes')).toBeVisible();

  await page.getByRole('button', { name: 'Publicar' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Publicar' }).click();
  await expect(page.getByText('Publicado · v1')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Publicado · v1')).toBeVisible();
  await expectGoodPage(page);
});
