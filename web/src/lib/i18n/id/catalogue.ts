import type { Catalogue } from '../catalogue.ts';
import { account } from './account.ts';
import { controls } from './controls.ts';
import { devices } from './devices.ts';
import { members } from './members.ts';
import { records } from './records.ts';
import { refusals } from './refusals.ts';
import { shell } from './shell.ts';
import { signingIn } from './signing-in.ts';
import { vocabulary } from './vocabulary.ts';
import { workspace } from './workspace.ts';

export const indonesian: Catalogue = {
  ...controls,
  ...refusals,
  ...vocabulary,
  ...shell,
  ...signingIn,
  ...account,
  ...workspace,
  ...members,
  ...devices,
  ...records,
};
