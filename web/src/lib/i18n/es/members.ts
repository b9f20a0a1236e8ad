import type { members as english } from '../en/members.ts';
import type { Translated } from '../message.ts';

export const members: Translated<typeof english> = {
  'members.title': 'Miembros',
  'members.count': {
    one: '{count} miembro',
    other: '{count} miembros',
  },
  'members.invite': 'Invitar',
  'members.name': 'Nombre',
  'members.email': 'Correo electrónico',
  'members.role': 'Rol',
  'members.twoStep': 'Verificación en dos pasos',
  'members.twoStepOn': 'Activada',
  'members.twoStepOff': 'Desactivada',
  'members.joined': 'Miembro desde',
  'members.actions': 'Acciones',
  'members.you': 'Tú',
  'members.roleOf': 'Rol de {name}',
  'members.roleChanged': 'El rol de {name} ahora es {role}.',
  'members.remove': 'Quitar del espacio de trabajo',
  'members.removeTitle': '¿Quitar a {name}?',
  'members.removeText': '{name} pierde el acceso a este espacio de trabajo al instante. Lo que escribió se conserva, y las claves de API que creó siguen funcionando hasta que alguien las revoque.',
  'members.removeConfirm': 'Quitar',
  'members.removed': '{name} ya no es miembro.',

  'invite.title': 'Invitar a alguien',
  'invite.intro': 'Recibe un correo con un enlace para unirse.',
  'invite.submit': 'Enviar la invitación',
  'invite.sent': 'La invitación a {email} está enviada.',

  'invitations.title': 'Invitaciones abiertas',
  'invitations.empty': 'No hay invitaciones abiertas.',
  'invitations.emptyHint': 'Cuando invitas a alguien, la invitación queda aquí hasta que se une.',
  'invitations.invitedBy': 'Invitado por',
  'invitations.expires': 'Válida hasta',
  'invitations.resend': 'Enviar de nuevo',
  'invitations.resent': 'Un nuevo correo a {email} está en camino. El enlace anterior ya no sirve.',
  'invitations.revoke': 'Revocar',
  'invitations.revokeTitle': '¿Revocar la invitación a {email}?',
  'invitations.revokeText': 'El enlace del correo deja de servir.',
  'invitations.revoked': 'La invitación a {email} está revocada.',
};
