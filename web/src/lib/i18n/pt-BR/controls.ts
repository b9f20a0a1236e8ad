import type { controls as english } from '../en/controls.ts';
import type { Translated } from '../message.ts';

export const controls: Translated<typeof english> = {
  'controls.actionsFor': 'Ações para {name}',
  'controls.cancel': 'Cancelar',
  'controls.close': 'Fechar',
  'controls.continue': 'Continuar',
  'controls.copied': 'Copiado',
  'controls.copy': 'Copiar',
  'controls.copyFailed': 'Este navegador não permitiu copiar. Selecione o texto e copie você mesmo.',
  'controls.dismiss': 'Dispensar esta mensagem',
  'controls.done': 'Concluir',
  'controls.download': 'Baixar',
  'controls.hidePassword': 'Ocultar senha',
  'controls.loadMore': 'Carregar mais',
  'controls.loading': 'Carregando…',
  'controls.messages': 'Mensagens',
  'controls.save': 'Salvar',
  'controls.saved': 'Salvo.',
  'controls.showPassword': 'Mostrar senha',
  'controls.tryAgain': 'Tentar novamente',

  'states.broken': 'Esta página quebrou.',
  'states.brokenHint': 'Carregue-a de novo. Se continuar, conte a quem administra este Waxos o que você fez antes.',
  'states.failed': 'Não foi possível carregar.',
  'states.notFound': 'Esta página não existe.',
  'states.notFoundHint': 'O endereço está errado, ou o que havia aqui não existe mais.',
  'states.notAllowed': 'Seu papel não mostra isto.',
  'states.notAllowedHint': 'Peça a um proprietário ou administrador do espaço de trabalho, se precisar.',
  'states.offline': 'Você está sem conexão. O que você vê pode estar desatualizado, e nada é salvo até a conexão voltar.',
  'states.requestId': 'Id da requisição: {id}',
  'states.toStart': 'Ir para a página inicial',
};
