/** The version of the package, as its commands say it. */
export const version = '0.1.0'
