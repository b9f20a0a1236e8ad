import { byOf, done, type Act } from '../act.ts';
import { getAccount, getGroup } from '../records/network-state.ts';
import { wireGroup } from '../stanzas/wire-group.ts';
import { administeredGroupFor, changeableGroupFor, findGroupFor } from './group-for.ts';
import { groupNotice } from './group-notice.ts';

export const get: Act<'group.get'> = (core, { account }, { group }) => wireGroup(core.state, getAccount(core.state, account), findGroupFor(core, account, group));

export const setSubject: Act<'group.subject'> = (core, actor, { group: address, subject }) => {
  const { group } = changeableGroupFor(core, actor.account, address);
  core.happen({ e: 'group.changed', group, who: actor.account, by: byOf(actor), subject });
  groupNotice(core, { group, who: actor.account, event: 'subject', value: subject });
  return done;
};

export const setDescription: Act<'group.description'> = (core, actor, { group: address, description }) => {
  const { group } = changeableGroupFor(core, actor.account, address);
  const descriptionId = core.random.hex(20);
  core.happen({ e: 'group.changed', group, who: actor.account, by: byOf(actor), description, descriptionId });
  groupNotice(core, { group, who: actor.account, event: 'description', value: description });
  return { id: descriptionId };
};

/** One notice for each that is another now. */
export const setSettings: Act<'group.settings'> = (core, actor, { group: address, ...settings }) => {
  const { group } = administeredGroupFor(core, actor.account, address);
  const before = { ...getGroup(core.state, group) };
  const changed = (['announce', 'restrict', 'adminsAdd', 'approval'] as const).filter((name) => settings[name] !== undefined && settings[name] !== before[name]);
  if (changed.length === 0) return done;
  core.happen({ e: 'group.changed', group, who: actor.account, by: byOf(actor), ...Object.fromEntries(changed.map((name) => [name, settings[name]])) });
  for (const name of changed) groupNotice(core, { group, who: actor.account, event: name, value: settings[name] === true ? 'on' : 'off' });
  return done;
};
