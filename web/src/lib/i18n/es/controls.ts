import type { controls as english } from '../en/controls.ts';
import type { Translated } from '../message.ts';

export const controls: Translated<typeof english> = {
  'controls.actionsFor': 'Acciones para {name}',
  'controls.cancel': 'Cancelar',
  'controls.close': 'Cerrar',
  'controls.continue': 'Continuar',
  'controls.copied': 'Copiado',
  'controls.copy': 'Copiar',
  'controls.copyFailed': 'Este navegador no permitió copiar. Selecciona el texto y cópialo tú.',
  'controls.dismiss': 'Descartar este mensaje',
  'controls.done': 'Listo',
  'controls.download': 'Descargar',
  'controls.hidePassword': 'Ocultar contraseña',
  'controls.loadMore': 'Cargar más',
  'controls.loading': 'Cargando…',
  'controls.messages': 'Mensajes',
  'controls.save': 'Guardar',
  'controls.saved': 'Guardado.',
  'controls.showPassword': 'Mostrar contraseña',
  'controls.tryAgain': 'Intentar de nuevo',

  'states.broken': 'Esta página se rompió.',
  'states.brokenHint': 'Cárgala otra vez. Si sigue, cuéntale a quien administra este Waxos qué hiciste antes.',
  'states.failed': 'No se pudo cargar.',
  'states.notFound': 'Esta página no existe.',
  'states.notFoundHint': 'La dirección es incorrecta, o lo que había aquí ya no está.',
  'states.notAllowed': 'Tu rol no muestra esto.',
  'states.notAllowedHint': 'Pídelo a un propietario o administrador del espacio de trabajo si lo necesitas.',
  'states.offline': 'Estás sin conexión. Lo que ves puede no estar al día, y nada se guarda hasta que vuelva la conexión.',
  'states.requestId': 'Id de la solicitud: {id}',
  'states.toStart': 'Ir a la página de inicio',
};
