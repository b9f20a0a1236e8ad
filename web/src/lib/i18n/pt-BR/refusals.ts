import type { refusals as english } from '../en/refusals.ts';
import type { Translated } from '../message.ts';

export const refusals: Translated<typeof english> = {
  'errors.BAD_INPUT': 'Parte do que foi enviado não é válida. Os campos dizem por quê.',
  'errors.SIGNED_OUT': 'Sua sessão foi encerrada. Entre e tente novamente.',
  'errors.WRONG_CREDENTIALS': 'Este e-mail e esta senha não correspondem. Confira os dois ou redefina a senha.',
  'errors.WRONG_CODE': 'Este código não é válido. Espere o próximo ou use um código de recuperação.',
  'errors.FORBIDDEN': 'Seu papel não permite isto. Peça a um proprietário ou administrador do espaço de trabalho.',
  'errors.CROSS_SITE': 'Esta requisição veio de um endereço diferente do que o Waxos espera e foi recusada. Abra o Waxos no endereço dele; quem o administra define esse endereço em PUBLIC_URL.',
  'errors.NOT_FOUND': 'Isto não existe, ou você não pode vê-lo.',
  'errors.CONFLICT': 'Isto foi alterado nesse meio-tempo ou já existe. Recarregue e confira.',
  'errors.LINK_EXPIRED': 'Este link já foi usado, foi revogado ou é antigo demais. Peça um novo.',
  'errors.SIGN_UP_CLOSED': 'O cadastro está fechado aqui. Peça um convite a um proprietário ou administrador.',
  'errors.ALREADY_SET_UP': 'Este Waxos já tem proprietário. Em vez disso, entre.',
  'errors.LAST_OWNER': 'Um espaço de trabalho precisa de um proprietário. Antes, torne outra pessoa proprietária.',
  'errors.TOO_MANY_REQUESTS': 'Tentativas demais. Espere um momento e tente novamente.',
  'errors.UNAVAILABLE': 'O Waxos não alcança o banco de dados agora. Tente novamente em instantes.',
  'errors.BUG': 'Algo quebrou do nosso lado. Tente novamente e, se continuar, informe o id da requisição.',

  'failures.unreachable': 'O Waxos não respondeu. Verifique a conexão e tente novamente.',
  'failures.waitSeconds': {
    one: 'Tentativas demais. Tente novamente em {count} segundo.',
    other: 'Tentativas demais. Tente novamente em {count} segundos.',
  },
  'failures.waitMinutes': {
    one: 'Tentativas demais. Tente novamente em {count} minuto.',
    other: 'Tentativas demais. Tente novamente em {count} minutos.',
  },

  'problems.required': 'Preencha este campo.',
  'problems.too_long': 'Longo demais.',
  'problems.invalid': 'Não é válido.',
  'problems.invalid_email': 'Escreva um endereço de e-mail, como ana@example.com.',
  'problems.invalid_id': 'Isto não é um id.',
  'problems.invalid_code': 'Escreva os seis dígitos do aplicativo ou um código de recuperação.',
  'problems.code_wrong': 'Este não é o código que o aplicativo mostra agora. Espere o próximo e tente de novo.',
  'problems.invalid_time_zone': 'Escolha um fuso horário da lista.',
  'problems.password_too_short': 'Use pelo menos 10 caracteres.',
  'problems.password_breached': 'Esta senha está em listas de senhas roubadas. Escolha outra.',
  'problems.password_wrong': 'Esta não é a sua senha atual.',
  'problems.email_taken': 'Esta pessoa já é membro.',
  'problems.already_invited': 'Esta pessoa já tem um convite em aberto.',
  'problems.scope_required': 'Escolha pelo menos uma permissão.',
  'problems.expiry_beyond_key': 'Uma chave não pode criar outra que dure mais do que ela.',
  'problems.scope_beyond_role': 'Você não pode dar a uma chave mais do que o seu próprio papel permite.',
};
