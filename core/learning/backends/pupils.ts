import type { Settings } from '../../settings.ts';
import type { Pupil } from '../policy/pupil.ts';
import { tabular } from '../policy/tabular.ts';
import { networked } from './networked.ts';

/** The kinds of policy, by what the setting `learning` calls them. */
export const pupils: Record<Exclude<Settings['learning'], 'off'>, Pupil> = {
  table: tabular,
  network: networked,
};
