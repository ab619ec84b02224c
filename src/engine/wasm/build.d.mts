/** The kernels, from their sources in `assembly`, or from others that `read` gives. */
export declare const compiled: (read?: (name: string) => string) => Promise<Uint8Array>
