import type { refusals as english } from '../en/refusals.ts';
import type { Translated } from '../message.ts';

export const refusals: Translated<typeof english> = {
  'errors.BAD_INPUT': 'Parte de lo enviado no es válido. Los campos dicen por qué.',
  'errors.SIGNED_OUT': 'Tu sesión está cerrada. Inicia sesión e inténtalo de nuevo.',
  'errors.WRONG_CREDENTIALS': 'Ese correo y esa contraseña no coinciden. Revisa ambos o restablece la contraseña.',
  'errors.WRONG_CODE': 'Ese código no es válido. Espera al siguiente o usa un código de recuperación.',
  'errors.FORBIDDEN': 'Tu rol no permite esto. Pídelo a un propietario o administrador del espacio de trabajo.',
  'errors.CROSS_SITE': 'Esta solicitud vino de una dirección distinta de la que Waxos espera y fue rechazada. Abre Waxos en su propia dirección; quien lo administra la define en PUBLIC_URL.',
  'errors.NOT_FOUND': 'Esto no existe, o no te corresponde verlo.',
  'errors.CONFLICT': 'Esto cambió mientras tanto o ya existe. Recarga y vuelve a mirar.',
  'errors.LINK_EXPIRED': 'Este enlace ya se usó, se revocó o es demasiado antiguo. Pide uno nuevo.',
  'errors.SIGN_UP_CLOSED': 'El registro está cerrado aquí. Pide una invitación a un propietario o administrador.',
  'errors.ALREADY_SET_UP': 'Este Waxos ya tiene propietario. Inicia sesión.',
  'errors.LAST_OWNER': 'Un espacio de trabajo necesita un propietario. Antes, haz propietaria a otra persona.',
  'errors.TOO_MANY_REQUESTS': 'Demasiados intentos. Espera un momento e inténtalo de nuevo.',
  'errors.UNAVAILABLE': 'Waxos no alcanza su base de datos ahora mismo. Inténtalo de nuevo en un momento.',
  'errors.BUG': 'Algo falló de nuestro lado. Inténtalo de nuevo y, si sigue, comunica el id de la solicitud.',

  'failures.unreachable': 'Waxos no respondió. Revisa la conexión e inténtalo de nuevo.',
  'failures.waitSeconds': {
    one: 'Demasiados intentos. Inténtalo de nuevo en {count} segundo.',
    other: 'Demasiados intentos. Inténtalo de nuevo en {count} segundos.',
  },
  'failures.waitMinutes': {
    one: 'Demasiados intentos. Inténtalo de nuevo en {count} minuto.',
    other: 'Demasiados intentos. Inténtalo de nuevo en {count} minutos.',
  },

  'problems.required': 'Rellena este campo.',
  'problems.too_long': 'Es demasiado largo.',
  'problems.invalid': 'No es válido.',
  'problems.invalid_email': 'Escribe una dirección de correo, como ana@example.com.',
  'problems.invalid_id': 'Esto no es un id.',
  'problems.invalid_code': 'Escribe los seis dígitos de la aplicación o un código de recuperación.',
  'problems.code_wrong': 'Este no es el código que muestra ahora la aplicación. Espera el siguiente e inténtalo de nuevo.',
  'problems.invalid_time_zone': 'Elige una zona horaria de la lista.',
  'problems.password_too_short': 'Usa al menos 10 caracteres.',
  'problems.password_breached': 'Esta contraseña está en listas de contraseñas robadas. Elige otra.',
  'problems.password_wrong': 'Esta no es tu contraseña actual.',
  'problems.email_taken': 'Esta persona ya es miembro.',
  'problems.already_invited': 'Esta persona ya tiene una invitación abierta.',
  'problems.scope_required': 'Elige al menos un permiso.',
  'problems.expiry_beyond_key': 'Una clave no puede crear otra que dure más que ella.',
  'problems.scope_beyond_role': 'No puedes dar a una clave más de lo que permite tu propio rol.',
};
