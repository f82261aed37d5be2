/** The part of the Compose specification that is used here: what Compose 1.29 and 2 read alike. */
export interface ComposeFile {
    readonly services: Readonly<Record<string, ComposeService>>;
    readonly networks: Readonly<Record<string, { readonly internal?: true }>>;
    readonly volumes: Readonly<Record<string, object>>;
}

export interface ComposeService {
    readonly image: string;
    readonly build?: { readonly context: string; readonly dockerfile: string };
    readonly profiles?: readonly string[];
    readonly entrypoint?: readonly string[];
    readonly command?: readonly string[];
    readonly working_dir?: string;
    readonly user?: string;
    readonly init?: true;
    readonly networks: Readonly<Record<string, { readonly aliases?: readonly string[] }>>;
    readonly ports?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly volumes?: readonly ComposeMount[];
    readonly tmpfs?: readonly string[];
    readonly depends_on?: Readonly<Record<string, { readonly condition: 'service_healthy' | 'service_started' }>>;
    readonly healthcheck: {
        readonly test: readonly string[];
        readonly interval: string;
        readonly timeout: string;
        readonly retries: number;
        readonly start_period: string;
    };
    readonly cpus: number;
    readonly mem_limit: string;
    readonly cap_drop?: readonly string[];
    readonly cap_add?: readonly string[];
    readonly security_opt?: readonly string[];
    readonly read_only?: true;
    readonly restart: 'unless-stopped';
}

/** In the long form: what is not there is told, and not made as an empty folder. */
export type ComposeMount =
    | { readonly type: 'bind'; readonly source: string; readonly target: string; readonly read_only: true }
    | { readonly type: 'volume'; readonly source: string; readonly target: string };
