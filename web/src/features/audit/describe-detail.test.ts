import { expect, test } from 'vitest';
import { spanish } from '../../lib/i18n/es/catalogue.ts';
import { createTranslator } from '../../lib/i18n/translator.ts';
import { describeDetail } from './describe-detail.ts';

const reader = createTranslator('es', spanish);

test.each([
  ['role', 'viewer', { label: 'Rol', values: ['Lector'] }],
  ['role', 'agent → admin', { label: 'Rol', values: ['Agente', 'Administrador'] }],
  ['scopes', 'members.read, audit.read', { label: 'Permisos', values: ['Ver miembros · Leer el registro de auditoría'] }],
  ['locale', 'en → es', { label: 'Idioma', values: ['English', 'Español'] }],
  ['name', 'Shop → Harbour → Quay', { label: 'Nombre del espacio de trabajo', values: ['Shop → Harbour → Quay'] }],
  ['deviceKind', 'sandbox', { label: 'Tipo', values: ['Entorno de pruebas'] }],
  ['deviceName', 'Shop → Quay', { label: 'Nombre del dispositivo', values: ['Shop', 'Quay'] }],
  ['timeZone', 'UTC → Asia/Jakarta', { label: 'Zona horaria', values: ['UTC', 'Asia/Jakarta'] }],
])('the detail %s of an entry is said in the language of the reader: %s', (name, value, said) => {
  expect(describeDetail(name, value, reader)).toEqual(said);
});

test('a detail or value that the page does not know is shown as it was written', () => {
  expect(describeDetail('reason', 'too late', reader)).toEqual({ label: 'reason', values: ['too late'] });
  expect(describeDetail('role', 'captain', reader)).toEqual({ label: 'Rol', values: ['captain'] });
});
