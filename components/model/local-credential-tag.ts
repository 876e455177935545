/** Tag by which a reader of any resource graph finds a credential that somebody holds. */
export const LOCAL_CREDENTIAL_TAG = "secure-jump-access:local-credential";
