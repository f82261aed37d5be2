/** One that failed is asked last for so long. */
export const suspectMs = 10_000;

/** Nodes that failed lately. They are asked after the others, never left out. */
export class Suspects {
    readonly #since = new Map<string, number>();

    note(name: string): void {
        this.#since.set(name, performance.now());
    }

    clear(name: string): void {
        this.#since.delete(name);
    }

    has(name: string): boolean {
        const since = this.#since.get(name);
        return since !== undefined && performance.now() - since < suspectMs;
    }
}
