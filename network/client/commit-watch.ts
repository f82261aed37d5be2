import type { BlockEvent, Network as FabricNetwork, TxEventHandlerFactory } from 'fabric-network';
import { ClientError } from './client-errors';

type Settle = (validationCode: string) => void;

/**
 * Hears of commits for all gateways of a process by one filtered block stream, which stands before the first
 * transaction is sent. The SDK's own way opens a stream a gateway, and loses events of a burst while it opens.
 */
export class CommitWatch {
    readonly #waiting = new Map<string, Settle>();
    readonly #fabric: FabricNetwork;
    readonly #listener: (event: BlockEvent) => Promise<void>;

    private constructor(fabric: FabricNetwork) {
        this.#fabric = fabric;
        this.#listener = (event) => {
            this.#settle(event);
            return Promise.resolve();
        };
    }

    /** Opens the stream on a gateway's peers, and answers when it stands. The gateway must stay open. */
    static async open(fabric: FabricNetwork): Promise<CommitWatch> {
        const watch = new CommitWatch(fabric);
        await fabric.addBlockListener(watch.#listener, { type: 'filtered' });
        return watch;
    }

    /** Handlers for `eventHandlerOptions.strategy`: they wait for the transaction's code, at most so long. */
    handlerFactory(commitTimeoutMs: number): TxEventHandlerFactory {
        return (transactionId) => {
            let timer: NodeJS.Timeout | undefined;
            let outcome: Promise<void> = Promise.resolve();
            const cancel = (): void => {
                clearTimeout(timer);
                this.#waiting.delete(transactionId);
            };
            return {
                startListening: () => {
                    outcome = new Promise<void>((resolve, reject) => {
                        timer = setTimeout(() => {
                            cancel();
                            reject(
                                new ClientError(
                                    { code: 'COMMIT_TIMEOUT', afterMs: commitTimeoutMs },
                                    { transactionId },
                                ),
                            );
                        }, commitTimeoutMs);
                        this.#waiting.set(transactionId, (validationCode) => {
                            cancel();
                            if (validationCode === 'VALID') resolve();
                            else reject(new ClientError({ code: 'NOT_COMMITTED', validationCode }, { transactionId }));
                        });
                    });
                    outcome.catch(() => undefined); // it may be rejected before waitForEvents is called
                    return Promise.resolve();
                },
                waitForEvents: () => outcome,
                cancelListening: cancel,
            };
        };
    }

    close(): void {
        this.#fabric.removeBlockListener(this.#listener);
    }

    #settle(event: BlockEvent): void {
        for (const { transactionId, status } of event.getTransactionEvents()) {
            this.#waiting.get(transactionId)?.(status);
        }
    }
}
