import type { shell as english } from '../en/shell.ts';
import type { Translated } from '../message.ts';

export const shell: Translated<typeof english> = {
  'shell.skip': 'Ir al contenido',
  'shell.main': 'Principal',
  'shell.home': 'Inicio',
  'shell.devices': 'Dispositivos',
  'shell.settings': 'Ajustes',
  'shell.account': 'Cuenta',
  'shell.accountOf': 'Cuenta de {name}',
  'shell.pin': 'Mantener los nombres a la vista',
  'shell.unpin': 'Mostrar solo iconos',
  'shell.workspace': 'Espacio de trabajo {name}, cambiar',
  'shell.workspaces': 'Espacios de trabajo',
  'shell.newWorkspace': 'Nuevo espacio de trabajo',
  'shell.profile': 'Perfil',
  'shell.security': 'Seguridad',
  'shell.theme': 'Tema',
  'shell.language': 'Idioma',
  'shell.expelled': 'Ya no eres miembro de {name}.',
  'shell.signOut': 'Cerrar sesión',

  'themes.system': 'Como el sistema',
  'themes.light': 'Claro',
  'themes.dark': 'Oscuro',

  'settings.title': 'Ajustes',
  'settings.workspace': 'Espacio de trabajo',
  'settings.members': 'Miembros',
  'settings.apiKeys': 'Claves de API',
  'settings.audit': 'Registro de auditoría',
};
