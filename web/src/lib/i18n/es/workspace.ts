import type { workspace as english } from '../en/workspace.ts';
import type { Translated } from '../message.ts';

export const workspace: Translated<typeof english> = {
  'home.calm': 'Nada te espera.',
  'home.next': 'Lo que puedes hacer ahora',
  'home.devices': 'Añadir un dispositivo',
  'home.devicesHint': 'Cada número de tu negocio es uno.',
  'home.invite': 'Invita a tu equipo',
  'home.inviteHint': 'Cada persona recibe un rol que dice lo que puede hacer.',
  'home.settings': 'Elige idioma y zona horaria',
  'home.settingsHint': 'Los correos y las horas de este espacio de trabajo los siguen.',
  'home.security': 'Protege tu cuenta',
  'home.securityHint': 'Activa la verificación en dos pasos con una aplicación en tu teléfono.',
  'home.apiKeys': 'Crea una clave de API',
  'home.apiKeysHint': 'Permite que otro programa tuyo use este espacio de trabajo.',
  'home.members': 'Mira quién está aquí',
  'home.membersHint': 'Los miembros de este espacio de trabajo y sus roles.',

  'newWorkspace.title': 'Nuevo espacio de trabajo',
  'newWorkspace.intro': 'Un espacio de trabajo es un negocio: con sus propios miembros, ajustes y datos. Nada se comparte entre ellos.',
  'newWorkspace.submit': 'Crear el espacio de trabajo',
  'newWorkspace.created': '{name} está listo.',
  'newWorkspace.noneTitle': 'Todavía no estás en un espacio de trabajo.',
  'newWorkspace.noneHint': 'Pide a un propietario o administrador una invitación para {email}.',

  'workspaceSettings.title': 'Espacio de trabajo',
  'workspaceSettings.languageHint': 'Para los correos a personas que aún no tienen cuenta.',
  'workspaceSettings.timeZoneHint': 'Los días y las horas de este espacio de trabajo se cuentan en ella.',
  'workspaceSettings.readOnly': 'Solo los propietarios y administradores pueden cambiar esto.',
  'workspaceSettings.created': 'Creado el',
  'workspaceSettings.leaveTitle': 'Dejar este espacio de trabajo',
  'workspaceSettings.leaveHint': 'Pierdes el acceso al instante. Para volver, alguien tiene que invitarte.',
  'workspaceSettings.leave': 'Dejar {name}',
  'workspaceSettings.leaveConfirm': '¿Dejar {name}?',
  'workspaceSettings.left': 'Has dejado {name}.',
};
