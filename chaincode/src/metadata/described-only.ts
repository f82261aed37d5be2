import type {} from 'reflect-metadata';

interface TransactionDescription {
    readonly name: string;
    parameters?: unknown[];
}

/** Where fabric-contract-api's decorators collect what they were told about a contract's transactions. */
const transactionsKey = 'fabric:transactions';

/**
 * Class decorator: the declared parameters are told to whoever asks for the metadata, and not looked at when a
 * transaction runs. fabric-contract-api validates each declared parameter against all described records, anew at each
 * call: 150 µs of CPU, as much as the rest of a `Set` (docs/decisions/0005). Our readers check every argument anyway,
 * with coded faults, and GridContext checks their number. The description moves into `toJSON`, which the metadata goes
 * through on its way out; the framework then treats the transaction like one of an undecorated contract.
 */
export function DescribedOnly(contract: abstract new (...args: never[]) => object): void {
    const prototype = contract.prototype as object;
    const transactions = Reflect.getMetadata(transactionsKey, prototype) as TransactionDescription[] | undefined;
    for (const transaction of transactions ?? []) {
        const description = { ...transaction };
        delete transaction.parameters;
        Object.defineProperty(transaction, 'toJSON', { value: () => description });
    }
}
