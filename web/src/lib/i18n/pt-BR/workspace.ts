import type { workspace as english } from '../en/workspace.ts';
import type { Translated } from '../message.ts';

export const workspace: Translated<typeof english> = {
  'home.calm': 'Nada espera por você.',
  'home.next': 'O que você pode fazer agora',
  'home.devices': 'Adicionar um dispositivo',
  'home.devicesHint': 'Cada número da sua empresa é um.',
  'home.invite': 'Convide sua equipe',
  'home.inviteHint': 'Cada pessoa recebe um papel que diz o que ela pode fazer.',
  'home.settings': 'Defina idioma e fuso horário',
  'home.settingsHint': 'Os e-mails e horários deste espaço de trabalho os seguem.',
  'home.security': 'Proteja sua conta',
  'home.securityHint': 'Ative a entrada em duas etapas com um aplicativo no celular.',
  'home.apiKeys': 'Crie uma chave de API',
  'home.apiKeysHint': 'Deixe outro programa seu usar este espaço de trabalho.',
  'home.members': 'Veja quem está aqui',
  'home.membersHint': 'Os membros deste espaço de trabalho e seus papéis.',

  'newWorkspace.title': 'Novo espaço de trabalho',
  'newWorkspace.intro': 'Um espaço de trabalho é uma empresa: com membros, configurações e dados próprios. Nada é compartilhado entre eles.',
  'newWorkspace.submit': 'Criar o espaço de trabalho',
  'newWorkspace.created': '{name} está pronto.',
  'newWorkspace.noneTitle': 'Você ainda não está em um espaço de trabalho.',
  'newWorkspace.noneHint': 'Peça a um proprietário ou administrador um convite para {email}.',

  'workspaceSettings.title': 'Espaço de trabalho',
  'workspaceSettings.languageHint': 'Para e-mails a pessoas que ainda não têm conta.',
  'workspaceSettings.timeZoneHint': 'Os dias e horários deste espaço de trabalho são contados nele.',
  'workspaceSettings.readOnly': 'Só proprietários e administradores podem alterar isto.',
  'workspaceSettings.created': 'Criado em',
  'workspaceSettings.leaveTitle': 'Deixar este espaço de trabalho',
  'workspaceSettings.leaveHint': 'Você perde o acesso na hora. Para voltar, alguém precisa convidar você.',
  'workspaceSettings.leave': 'Deixar {name}',
  'workspaceSettings.leaveConfirm': 'Deixar {name}?',
  'workspaceSettings.left': 'Você deixou {name}.',
};
