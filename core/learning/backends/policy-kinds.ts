import type { Settings } from '../../search/settings.ts';
import type { PolicyKind } from '../policy/policy-kind.ts';
import { tabular } from '../policy/tabular.ts';
import { networked } from './networked.ts';

/** The kinds of policy by their names in the setting `learning`. */
export const policyKinds: Record<Exclude<Settings['learning'], 'off'>, PolicyKind> = {
  table: tabular,
  network: networked,
};
