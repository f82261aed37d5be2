import { protos } from 'fabric-protos/bundle';
import type { HeardBlock } from './block-stream';
import type { ChannelBlocks } from './channel-blocks';
import { ClientError, type ClientFault } from './client-errors';

/** Told the transaction's validation code, or why it will never be heard. */
type Settle = (outcome: string | ClientFault) => void;

/** Waits for one transaction's validation code. */
export interface CommitWait {
    /** Answers when its block cannot be missed any more. Throws ClientError CLIENT_UNREACHABLE. */
    start(): Promise<void>;
    /** Answers when it is committed as valid. Throws ClientError NOT_COMMITTED, COMMIT_TIMEOUT, COMMIT_UNKNOWN. */
    committed(): Promise<void>;
    cancel(): void;
}

/** A transaction that is not heard of after this part of its deadline, while its peer is silent, is asked of another. */
const partOfDeadline = 6;

/** Hears of commits for all gateways that share connections, by their one stream of filtered blocks. */
export class CommitWatch {
    readonly #waiting = new Map<string, Settle>();
    readonly #blocks: ChannelBlocks;
    readonly #listener = (block: HeardBlock): void => {
        for (const { txId, code } of block.transactions) {
            this.#waiting.get(txId)?.(protos.TxValidationCode[code] ?? String(code));
        }
    };

    constructor(blocks: ChannelBlocks) {
        this.#blocks = blocks;
        blocks.closing.addEventListener('abort', () => {
            for (const settle of [...this.#waiting.values()])
                settle({ code: 'COMMIT_UNKNOWN', why: 'the gateway was closed' });
        });
    }

    /** Opens the stream of a gateway's peers before the first transaction does, and answers when it stands. */
    static async open({ blocks }: { readonly blocks: ChannelBlocks }): Promise<CommitWatch> {
        const watch = new CommitWatch(blocks);
        await blocks.listen(watch.#listener);
        return watch;
    }

    /** Waits for a transaction's code, at most so long from `start` on. */
    waitFor(transactionId: string, commitTimeoutMs: number): CommitWait {
        let deadline: NodeJS.Timeout | undefined;
        let doubt: NodeJS.Timeout | undefined;
        let outcome: Promise<void> = Promise.resolve();
        const cancel = (): void => {
            clearTimeout(deadline);
            clearTimeout(doubt);
            this.#waiting.delete(transactionId);
        };
        return {
            start: async () => {
                await this.#blocks.listen(this.#listener);
                outcome = new Promise<void>((resolve, reject) => {
                    const doubtMs = commitTimeoutMs / partOfDeadline;
                    doubt = setTimeout(() => {
                        this.#blocks.doubt(doubtMs);
                    }, doubtMs);
                    deadline = setTimeout(() => {
                        cancel();
                        reject(
                            new ClientError({ code: 'COMMIT_TIMEOUT', afterMs: commitTimeoutMs }, { transactionId }),
                        );
                    }, commitTimeoutMs);
                    this.#waiting.set(transactionId, (told) => {
                        cancel();
                        const fault = typeof told === 'string' ? notCommitted(told) : told;
                        if (told === 'VALID') resolve();
                        else reject(new ClientError(fault, { transactionId }));
                    });
                });
                outcome.catch(() => undefined); // it may be rejected before committed() is called
            },
            committed: () => outcome,
            cancel,
        };
    }

    close(): void {
        this.#blocks.ignore(this.#listener);
    }
}

function notCommitted(validationCode: string): ClientFault {
    return { code: 'NOT_COMMITTED', validationCode };
}
