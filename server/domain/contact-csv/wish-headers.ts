/** Columns that say whether somebody wants messages, by their folded names, however the wish goes on. When, why or how somebody said it
 *  is another matter. */

/** Such as `Não quer receber mensagens por WhatsApp`: who says yes there refuses. */
export function saysRefusal(name: string): boolean {
  const denied = /^(?:nao|nunca)((?!receb).*)$/.exec(name)?.[1];
  return (refusals.some((refusal) => refusal.test(name)) && !isAboutIt.test(name)) || (denied !== undefined && saysAcceptance(denied));
}

/** Such as `Aceita receber mensagens` or `Marketing consent`: who says no there refuses. */
export function saysAcceptance(name: string): boolean {
  return acceptances.some((acceptance) => acceptance.test(name)) && !isAboutIt.test(name);
}

const isAboutIt =
  /(?:data|date|desde|since|quando|when|hora|horario|timestamp|motivo|reason|origem|origin|fonte|source|como|how|versao|version|(?<!mensag|imag|tamb)em|(?<!ch|form)at)$/;

const refusals = [
  /^(?:nao|nunca)(?:quer|querem|deseja|desejam|aceita|autoriza|permite|gostaria|pode|podemos|devemos)?(?:de)?(?:mais)?(?:receber(?!am|ia|ei)|contatar|contactar|contato|enviar|mandar|ligar|perturb|incomodar)/,
  /^(?:descadastr|desinscri|optout|optedout|unsubscri)/,
  /^(?:do|does|did)not(?:wantto|wish)?(?:contact|send|message|email|mail|call|text|disturb|receive)/,
];

const who = '(?:voce|eu|[oa]?(?:cliente|contato|aluno|paciente|responsavel|pessoa|lead))?';
const allows = '(?:aceit(?:a|am|o|ou)|autoriz(?:a|am|o|ou)|permit(?:e|em|o|iu)|concord(?:a|o|ou))';
const wishes = '(?:quer(?:o|em)?|desej(?:a|am|o)|gostaria|pod(?:e|emos)|(?:tem)?interesse)';
const agreement = '(?:aceite|aceitacao|consentimento|autorizacao|permissao|optin)';
const agreed = '(?:aceit[oae]s?|autorizad[oa]s?|permitid[oa]s?|liberad[oa]s?|assinado)';
const messages =
  `(?:mensage(?:m|ns)|msgs?|conta(?:tos?|cto)|whats|wpp|zap|sms|e?mails?|newsletters?|informativos?|marketing|mkt|comunica(?:cao|coes|dos?)
  |notifica(?:cao|coes)|(?:termos?(?:d[aeo])?)?(?:lgpd|gdpr)|telegram)`.replace(/\s/g, '');
const news =
  '(?:promoc(?:ao|oes)|ofertas?|novidades|noticias|boletim|avisos?|lembretes?|informac(?:ao|oes)|conteudos?|campanhas?|propagandas?)';
/** Small words. */
const by = '(?:e|em|n?[oa]s?|de|d[oa]s?|por|pel[oa]s?|via|para|com|que|ao|noss[oa]s?|mais|seus?|suas?){0,3}';
const any = `${by}(?:${messages}|${news})`;

const acceptances = [
  new RegExp(`^${who}${allows}${by}${messages}`),
  new RegExp(`^${who}(?:${allows}|${wishes})${by}receb(?:er|imento)(?:$|${any})`),
  new RegExp(
    `^${who}(?:${allows}|${wishes})${by}(?:ser(?:em)?contat|entrar(?:mos)?emcontato|contat(?:os?|ar)|mensage|newsletter|mandar${any})`,
  ),
  new RegExp(`^${who}(?:${allows}|${wishes})${by}envi(?:ar|os?)(?:$|${any})`),
  new RegExp(`^recebe?r?${any}`),
  new RegExp(`^${agreement}${by}(?:${messages}|envios?$|(?:receb(?:er|imento)|envi(?:ar|os?))${any})`),
  new RegExp(`^${messages}(?:marketing)?(?:${agreement}|${agreed})$`),
  /^(?:consentimento|optin|optedin|consent|consentgiven|consented|lgpd|newsletter|subscribed|issubscribed)$/,
  /^(?:accepts?|accepted|allows?|agreesto|wants?|optedinto|subscribedto|consents?(?:to|for)|permissionto|okto|can|may)(?:we|be|to|receiv(?:e|ing)|send|our|the|an?|via|by|email|sms|whatsapp|text){0,4}(?:marketing|e?mails?|sms|whatsapp|texts?$|messag(?:es?|ing)|contact(?:ed)?|newsletters?|communications?|promotions|updates|notifications?)/,
  /^(?:e?mail|sms|whatsapp|text|marketing|newsletter|communications?|contact|messages?|gdpr)+(?:optin|optedin|consent|permission|subscri(?:bed|ption)|allowed)$/,
];
