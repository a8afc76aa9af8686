/** What people call the columns of a list of contacts, in Portuguese and English. */
import { withoutAccents } from '../without-accents.ts';
import { saysAcceptance, saysRefusal } from './wish-headers.ts';

export const plainTargets = [
  'name',
  'firstName',
  'lastName',
  'phone',
  'email',
  'externalId',
  'timeZone',
  'locale',
  'tags',
  'owner',
  'notes',
  'optedOut',
  'acceptsMessages',
  'consents',
  'enrolmentKey',
] as const;
export type PlainTarget = (typeof plainTargets)[number];

/** What any number of columns may go to. */
export const sharedTargets: ReadonlySet<string> = new Set(['ignore', 'tags', 'acceptsMessages']);

const names: Record<Exclude<PlainTarget, 'acceptsMessages'> | 'ignore', string> = {
  name: `nome nomecompleto nomedocliente nomedocontato nomedoaluno cliente contato aluno pessoa destinatario
    name fullname displayname contact contactname customer customername recipient`,
  firstName: 'primeironome prenome firstname givenname forename',
  lastName: 'sobrenome ultimonome lastname surname familyname',
  phone: `telefone telefones telefone1 telefonecelular telefonemovel numerodetelefone numerodecelular fone fone1 tel tel1
    celular celular1 cel whatsapp whats wpp zap numerowhatsapp whatsappnumber numero
    phone phone1 phonenumber phone1value mobile mobilephone mobilenumber cell cellphone cellular telephone`,
  email: `email emails email1 email1value enderecodeemail enderecoeletronico correioeletronico
    emailaddress mail workemail personalemail`,
  externalId: `idexterno codigoexterno identificador codigodocliente codigocliente iddocliente idcliente idcontato idcrm matricula
    codigoemoutrosistema codigo cod id externalid customerid clientid crmid idinanothersystem`,
  timeZone: 'fuso fusohorario timezone tz',
  locale: 'idioma lingua locale language lang',
  tags: 'tag tags etiqueta etiquetas marcador marcadores grupo grupos label labels segmento segmentos',
  owner: 'responsavel responsavelemail emaildoresponsavel owner owneremail contactowner',
  notes: 'notas notasdaequipe notes observacoes observacao obs anotacoes anotacao',
  optedOut: `descadastrado descadastrada descadastrados descadastradode optout optouts optedout optedoutof unsubscribed
    descadastradosimounao optedoutyesorno naocontatar naoenviar donotcontact`,
  consents: 'consentimento consentimentos consent consents',
  enrolmentKey: 'chavedeinscricao chavedainscricao chaveinscricao enrolmentkey enrollmentkey',
  // The columns that our own list of rejected rows, and our own export, add.
  ignore: 'linha motivo line row reason iddocontato contactid contatodesde contactsince',
};

const byName = new Map(
  Object.entries(names).flatMap(([target, list]) => list.split(/\s+/).map((name) => [name, target as PlainTarget | 'ignore'] as const)),
);

/** What a column headed `header` may hold, as far as its name tells: what is likeliest comes first. */
export function targetsOfHeader(header: string): readonly (PlainTarget | 'ignore')[] {
  const name = foldedName(header);
  const known = byName.get(name) ?? (saysRefusal(name) ? 'optedOut' : null);
  return [...(known ? [known] : []), ...(saysAcceptance(name) ? (['acceptsMessages'] as const) : [])];
}

/** The likeliest of these; null when the name tells nothing. */
export function targetOfHeader(header: string): PlainTarget | 'ignore' | null {
  return targetsOfHeader(header)[0] ?? null;
}

/** Names that mean the first name where another column has the surname, and the whole name where none has. */
export function isShortName(header: string): boolean {
  return /^(nome|nomedocliente|nomedocontato|nomedoaluno|name)$/.test(foldedName(header));
}

/** Names that may as well be of a course or a product: such a column is a code of people only where no two rows share one. */
export function isVagueCode(header: string): boolean {
  return /^(codigo|cod|id|matricula)$/.test(foldedName(header));
}

/** The key of the field that our own export names `field:key`; null for any other header. */
export function fieldOfHeader(header: string): string | null {
  return /^field:([a-z][a-zA-Z0-9_]*)$/.exec(header.trim())?.[1] ?? null;
}

/** Letters and digits alone, without case and accents: `E-mail (1)` and `email1` are the same. */
export function foldedName(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
