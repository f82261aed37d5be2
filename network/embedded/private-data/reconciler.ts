import type { Clock, Timer } from '../clock';
import type { MissingWrites } from './missing-private-data';
import type { PrivateDataExchange } from './private-data-exchange';
import type { PrivateLedger } from './private-ledger';

/** When a peer asks again for private data that it lacks. */
export interface Reconciliation {
    /** Fabric: peer.gossip.pvtData.reconciliationEnabled. */
    readonly enabled: boolean;
    /** Fabric: peer.gossip.pvtData.reconcileSleepInterval. */
    readonly sleepIntervalMs: number;
}

export interface ReconcilerOptions extends Reconciliation {
    readonly clock: Clock;
    readonly ledger: Pick<PrivateLedger, 'missing' | 'keepLate'>;
    readonly exchange: Pick<PrivateDataExchange, 'isMember' | 'offers'>;
    /** Hears what has come, newest first. */
    readonly onReconciled: (reconciled: readonly MissingWrites[]) => void;
}

/** Asks members again, time after time, for private data that one peer lacks. Fabric v2.5.16: gossip/privdata/reconcile.go. */
export class Reconciler {
    readonly #options: ReconcilerOptions;
    #timer: Timer | undefined;

    constructor(options: ReconcilerOptions) {
        this.#options = options;
    }

    /** Asks whenever the interval is over, until `stop`. Does nothing where reconciliation is off. */
    start(): void {
        const { enabled, clock, sleepIntervalMs } = this.#options;
        if (!enabled) return;
        this.stop();
        this.#timer = clock.after(sleepIntervalMs, () => {
            this.reconcile();
            this.start();
        });
    }

    stop(): void {
        this.#timer?.cancel();
        this.#timer = undefined;
    }

    /** Asks now. Does nothing where reconciliation is off. */
    reconcile(): void {
        const { enabled, ledger, exchange, onReconciled } = this.#options;
        if (!enabled) return;
        const missing = ledger.missing((namespace, collection) => exchange.isMember(namespace, collection));
        const reconciled = missing.filter((each) =>
            exchange.offers(each).some((offer) => ledger.keepLate(each, offer)),
        );
        if (reconciled.length > 0) onReconciled(reconciled);
    }
}
