import type { shell as english } from '../en/shell.ts';
import type { Translated } from '../message.ts';

export const shell: Translated<typeof english> = {
  'shell.skip': 'Ir para o conteúdo',
  'shell.main': 'Principal',
  'shell.home': 'Início',
  'shell.devices': 'Dispositivos',
  'shell.settings': 'Configurações',
  'shell.account': 'Conta',
  'shell.accountOf': 'Conta de {name}',
  'shell.pin': 'Manter os nomes à vista',
  'shell.unpin': 'Mostrar só os ícones',
  'shell.workspace': 'Espaço de trabalho {name}, trocar',
  'shell.workspaces': 'Espaços de trabalho',
  'shell.newWorkspace': 'Novo espaço de trabalho',
  'shell.profile': 'Perfil',
  'shell.security': 'Segurança',
  'shell.theme': 'Tema',
  'shell.language': 'Idioma',
  'shell.expelled': 'Você não é mais membro de {name}.',
  'shell.signOut': 'Sair',

  'themes.system': 'Como no sistema',
  'themes.light': 'Claro',
  'themes.dark': 'Escuro',

  'settings.title': 'Configurações',
  'settings.workspace': 'Espaço de trabalho',
  'settings.members': 'Membros',
  'settings.apiKeys': 'Chaves de API',
  'settings.audit': 'Registro de auditoria',
};
