/** Whether a line carries: cut and restored for both directions and everything on it at once. */
export class LinkLine {
    readonly #listeners = new Set<() => void>();
    #isCut = false;

    get isCut(): boolean {
        return this.#isCut;
    }

    /** Nothing arrives from now on, and nobody is told. What is under way is lost, and is sent again after `restore`. */
    cut(): void {
        this.#turn(true);
    }

    restore(): void {
        this.#turn(false);
    }

    /** Calls back whenever the line is cut or restored. Gives the function that ends it. */
    onTurn(listener: () => void): () => void {
        this.#listeners.add(listener);
        return () => {
            this.#listeners.delete(listener);
        };
    }

    #turn(isCut: boolean): void {
        if (this.#isCut === isCut) return;
        this.#isCut = isCut;
        for (const listener of [...this.#listeners]) listener();
    }
}
