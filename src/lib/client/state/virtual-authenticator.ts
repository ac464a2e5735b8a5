/** Chromium's virtual authenticator as the tests have it: the tablet's own, with a person's finger on it and the PRF extension. */
export const tabletAuthenticator = {
	protocol: 'ctap2',
	ctap2Version: 'ctap2_1',
	transport: 'internal',
	hasResidentKey: true,
	hasUserVerification: true,
	isUserVerified: true,
	hasPrf: true
} as const;
