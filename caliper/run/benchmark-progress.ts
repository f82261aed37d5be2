/** What a person who waits may be shown. */
export type BenchmarkProgress =
    | { readonly kind: 'step'; readonly topology: string; readonly text: string }
    | {
          readonly kind: 'round';
          readonly label: string;
          readonly isOver: boolean;
          readonly planned: number;
          readonly submitted: number;
          readonly succeeded: number;
          readonly failed: number;
      };

export type ShowProgress = (progress: BenchmarkProgress) => void;
