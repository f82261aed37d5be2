import type { NetworkAct } from '../network-acts/network-act';
import { conclude } from './conclude';
import { defineFeed } from './define-feed';
import { register } from './register';
import { run } from './run';
import { showRound } from './show-round';

/** Everything that `npm run oracle` does, in the order of its usage. */
export const oracleActs: readonly NetworkAct[] = [register, defineFeed, run, showRound, conclude];
