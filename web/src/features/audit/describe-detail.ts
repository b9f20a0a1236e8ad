import { DEVICE_KINDS } from '@waxos/contract/devices';
import { PERMISSIONS, ROLES } from '@waxos/contract/permissions';
import { languageChoices } from '../../lib/i18n/language-names.ts';
import type { Translator } from '../../lib/i18n/translator.ts';

export interface Detail {
  label: string;
  /** What it is; where it was changed, what it was and what it became. */
  values: string[];
}

/** The server writes `before → after` where something was changed. */
const arrow = ' → ';

/** A detail of an entry in the reader's language; what a later release wrote and this page does not know stays as written. */
export function describeDetail(name: string, value: string, { t }: Pick<Translator, 't'>): Detail {
  const parts = value.split(arrow);
  // Somebody's name with an arrow in it does not say where the change is.
  const written = parts.length === 2 ? parts : [value];
  switch (name) {
    case 'role':
      return { label: t('members.role'), values: written.map((role) => describeRole(role, t)) };
    case 'scopes':
      return { label: t('apiKeys.scopes'), values: [value.split(', ').map((scope) => describeScope(scope, t)).join(' · ')] };
    case 'name':
      return { label: t('fields.workspaceName'), values: written };
    case 'locale':
      return { label: t('fields.language'), values: written.map((locale) => languageChoices.find((choice) => choice.value === locale)?.label ?? locale) };
    case 'timeZone':
      return { label: t('fields.timeZone'), values: written };
    case 'deviceName':
      return { label: t('devices.nameOf'), values: written };
    case 'deviceKind':
      return { label: t('devices.kind'), values: [describeKind(value, t)] };
    default:
      return { label: name, values: written };
  }
}

function describeRole(text: string, t: Translator['t']): string {
  const role = ROLES.find((known) => known === text);
  return role === undefined ? text : t(`roles.${role}`);
}

function describeKind(text: string, t: Translator['t']): string {
  const kind = DEVICE_KINDS.find((known) => known === text);
  return kind === undefined ? text : t(`deviceKinds.${kind}`);
}

function describeScope(text: string, t: Translator['t']): string {
  const scope = PERMISSIONS.find((known) => known === text);
  return scope === undefined ? text : t(`permissions.${scope}`);
}
