import type { members as english } from '../en/members.ts';
import type { Translated } from '../message.ts';

export const members: Translated<typeof english> = {
  'members.title': 'Membros',
  'members.count': {
    one: '{count} membro',
    other: '{count} membros',
  },
  'members.invite': 'Convidar',
  'members.name': 'Nome',
  'members.email': 'E-mail',
  'members.role': 'Papel',
  'members.twoStep': 'Entrada em duas etapas',
  'members.twoStepOn': 'Ativada',
  'members.twoStepOff': 'Desativada',
  'members.joined': 'Membro desde',
  'members.actions': 'Ações',
  'members.you': 'Você',
  'members.roleOf': 'Papel de {name}',
  'members.roleChanged': 'O papel de {name} agora é {role}.',
  'members.remove': 'Remover do espaço de trabalho',
  'members.removeTitle': 'Remover {name}?',
  'members.removeText': '{name} perde o acesso a este espaço de trabalho na hora. O que escreveu permanece, e as chaves de API que criou continuam funcionando até que alguém as revogue.',
  'members.removeConfirm': 'Remover',
  'members.removed': '{name} não é mais membro.',

  'invite.title': 'Convidar alguém',
  'invite.intro': 'A pessoa recebe um e-mail com um link para entrar.',
  'invite.submit': 'Enviar o convite',
  'invite.sent': 'O convite para {email} foi enviado.',

  'invitations.title': 'Convites em aberto',
  'invitations.empty': 'Nenhum convite em aberto.',
  'invitations.emptyHint': 'Quando você convida alguém, o convite fica aqui até a pessoa entrar.',
  'invitations.invitedBy': 'Convidado por',
  'invitations.expires': 'Válido até',
  'invitations.resend': 'Enviar de novo',
  'invitations.resent': 'Um novo e-mail para {email} está a caminho. O link antigo não vale mais.',
  'invitations.revoke': 'Revogar',
  'invitations.revokeTitle': 'Revogar o convite para {email}?',
  'invitations.revokeText': 'O link do e-mail deixa de valer.',
  'invitations.revoked': 'O convite para {email} foi revogado.',
};
