/** Whether a system call failed with this code. Asked by the code alone: an error may come from another realm. */
export function hasErrorCode(error: unknown, code: string): boolean {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
