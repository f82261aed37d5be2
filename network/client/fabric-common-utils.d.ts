/** The part of fabric-common's undocumented Utils that must be reached before the SDK itself is loaded. */
declare module 'fabric-common/lib/Utils' {
    interface SdkLogger {
        debug(...parts: unknown[]): void;
        info(...parts: unknown[]): void;
        warn(...parts: unknown[]): void;
        error(...parts: unknown[]): void;
    }
    export function setConfigSetting(name: string, value: unknown): void;
    export function getConfigSetting(name: string): unknown;
    export function setLogger(logger: SdkLogger): void;
}
