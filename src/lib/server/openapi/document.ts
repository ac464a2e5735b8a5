import { z } from 'zod';
import { photoBytesMaximum } from '#lib/domain/photo/photo.ts';
import { tabletReadingSchema } from '#lib/domain/access/reading.ts';
import { sha256Schema } from '#lib/domain/ids.ts';
import {
	challengeHeader,
	cursorSchema,
	enrolAnswerSchema,
	enrolRequestSchema,
	epochSchema,
	feedChangedSchema,
	helloAnswerSchema,
	photoStateHeader,
	photoStateSchema,
	PROTOCOL_VERSION,
	pullAnswerSchema,
	pullEntriesMaximum,
	pushAnswerSchema,
	pushBytesMaximum,
	pushEntriesMaximum,
	pushRequestSchema,
	quarantineReasonSchema,
	readingsAnswerSchema,
	readingsMaximum,
	readingsRequestSchema,
	receiptSchema,
	rosterAnswerSchema,
	rosterSchema,
	signatureHeaders,
	signedStatementSchema,
	deviceRevokedSchema,
	keysAnswerSchema,
	looseAnswerSchema,
	looseBytesMaximum,
	looseRequestSchema,
	wipedAnswerSchema,
	wipedRequestSchema,
	witnessAnswerSchema,
	witnessRequestSchema
} from '#lib/sync/protocol.ts';
import { sealedAnswerSchema, sealedBytesMaximum, sealedRecordsMaximum, sealedRequestSchema } from '#lib/sync/sealed.ts';
import { pieceBytesMaximum, uploadsPath } from '../photos/uploads.ts';
import { challengeMinutes } from '../sync/challenge.ts';

/*
 * The description of /api for those who write a client or audit one: OpenAPI 3.1, its schemas those that the program
 * itself parses with. document.test.ts holds it against the routes: none may be missing, none invented.
 */

export type HttpMethod = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

/** The part of OpenAPI 3.1 that this document uses. */
export interface ApiDocument {
	readonly openapi: '3.1.0';
	readonly info: { readonly title: string; readonly version: string; readonly description: string };
	readonly servers: readonly { readonly url: string; readonly description: string }[];
	readonly tags: readonly { readonly name: string; readonly description: string }[];
	/** By path, with `{name}` where a path has a part of its own for each thing. */
	readonly paths: Readonly<Record<string, Readonly<Partial<Record<HttpMethod, ApiOperation>>>>>;
	readonly components: {
		readonly schemas: Readonly<Record<string, JsonSchema>>;
		readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
	};
}

export interface ApiOperation {
	readonly operationId: string;
	readonly tags: readonly string[];
	readonly summary: string;
	readonly description: string;
	/** Any one of the entries suffices; all schemes of one entry are needed together. Empty: nobody has to prove anything. */
	readonly security: readonly Readonly<Record<string, readonly string[]>>[];
	readonly parameters: readonly ApiParameter[];
	readonly requestBody?: {
		readonly required: boolean;
		readonly description: string;
		readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
	};
	readonly responses: Readonly<Record<string, ApiAnswer>>;
}

export interface ApiParameter {
	readonly name: string;
	readonly in: 'path' | 'query' | 'header';
	readonly required: boolean;
	readonly description: string;
	readonly schema: JsonSchema;
}

export interface ApiAnswer {
	readonly description: string;
	readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>;
	readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

const answerHeadSchema = helloAnswerSchema.omit({ serverTime: true });

const schemas = {
	Hello: helloAnswerSchema,
	PushRequest: pushRequestSchema,
	PushAnswer: pushAnswerSchema,
	Receipt: receiptSchema,
	QuarantineReason: quarantineReasonSchema,
	ReadingsRequest: readingsRequestSchema.extend({ readings: z.array(tabletReadingSchema).max(readingsMaximum) }),
	ReadingsAnswer: readingsAnswerSchema,
	Cursor: cursorSchema,
	PullAnswer: pullAnswerSchema,
	FeedChanged: feedChangedSchema,
	Roster: rosterSchema,
	RosterAnswer: rosterAnswerSchema,
	SealedRequest: sealedRequestSchema,
	SealedAnswer: sealedAnswerSchema,
	WitnessRequest: witnessRequestSchema,
	WitnessAnswer: witnessAnswerSchema,
	WipedRequest: wipedRequestSchema,
	WipedAnswer: wipedAnswerSchema,
	LooseRequest: looseRequestSchema,
	LooseAnswer: looseAnswerSchema,
	Keys: keysAnswerSchema,
	DeviceRevoked: deviceRevokedSchema,
	SignedStatement: signedStatementSchema,
	EnrolRequest: enrolRequestSchema,
	EnrolAnswer: enrolAnswerSchema,
	PhotoState: photoStateSchema,
	Refusal: answerHeadSchema.extend({
		error: z.string().describe('What is wrong, as a code that stays the same.'),
		field: z.string().optional().describe('The field, header or part of the query that is wrong.'),
		problem: z.string().optional().describe('In which way it is wrong.'),
		maximum: z.number().optional().describe('The limit that was passed.')
	}),
	UploadRefusal: z.object({ error: z.string(), field: z.string().optional() }),
	Health: z.object({ status: z.literal('ok'), demo: z.boolean() }),
	Unhealthy: z.object({ status: z.literal('database_unreachable') }),
	Fault: z.object({ message: z.string() })
} as const;

type SchemaName = keyof typeof schemas;

/** One schema in the words of JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
function plainSchema(schema: z.ZodType): JsonSchema {
	const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: 'input' });
	return plain;
}

function componentSchemas(): Record<string, JsonSchema> {
	const named = z.registry<{ id: string }>();
	for (const [id, schema] of Object.entries(schemas)) named.add(schema, { id });
	// As they are sent (`input`): an answer may get new fields one day, and a client must let them pass.
	const made = z.toJSONSchema(named, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
	return Object.fromEntries(
		Object.entries(made.schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema])
	);
}

function ref(name: SchemaName): JsonSchema {
	return { $ref: `#/components/schemas/${name}` };
}

function json(name: SchemaName): { readonly content: NonNullable<ApiAnswer['content']> } {
	return { content: { 'application/json': { schema: ref(name) } } };
}

const text: JsonSchema = { type: 'string' };
const bytes: JsonSchema = { type: 'string', format: 'binary' };
const count: JsonSchema = { type: 'integer', minimum: 0 };

const nextChallenge = {
	[challengeHeader]: { description: 'The challenge to sign the next request with.', schema: text }
};

function answer(description: string, name: SchemaName): ApiAnswer {
	return { description, headers: nextChallenge, ...json(name) };
}

function refused(description: string): ApiAnswer {
	return answer(description, 'Refusal');
}

/** Answers that any route can give. */
const broken: ApiAnswer = {
	description:
		'The registry had a fault of its own. Nothing says what; try again later. Repeating a request does no harm.',
	...json('Fault')
};

const deviceRefusals = {
	'401': refused(
		'The request is not believed: `signature_missing`, `signature_wrong` (also for a tablet that is not known), ' +
			'`body_changed`, `challenge_invalid` or `challenge_expired`. Sign again over the challenge this answer brings.'
	),
	'403': answer(
		'The signature is right, but a supervisor has closed this tablet. `order` is the signed order to erase itself.',
		'DeviceRevoked'
	)
};

/** The four headers together are one proof. */
const byTablet = { tabletDevice: [], tabletChallenge: [], tabletBodyHash: [], tabletSignature: [] };
const byDesk = [{ deskSession: [] }, { deskSessionPlain: [] }];

const compressedBody: ApiParameter = {
	name: 'Content-Encoding',
	in: 'header',
	required: false,
	description: 'The body may be compressed. The signature is over the bytes as they travel.',
	schema: { enum: ['gzip', 'identity'] }
};

const sha256Parameter: ApiParameter = {
	name: 'sha256',
	in: 'path',
	required: true,
	description: 'SHA-256 of the bytes of the photo as uploaded: 64 hex digits in lower case.',
	schema: plainSchema(sha256Schema)
};

const tusVersion: ApiParameter = {
	name: 'Tus-Resumable',
	in: 'header',
	required: true,
	description: 'Version of the tus protocol.',
	schema: { const: '1.0.0' }
};

const tusAnswer = { 'Tus-Resumable': { description: 'Version of the tus protocol.', schema: { const: '1.0.0' } } };
const uploadOffset = { 'Upload-Offset': { description: 'How many bytes the registry has.', schema: count } };

/** What became of a photo, with its last piece. */
const photoTaken = {
	[photoStateHeader]: {
		description:
			'With the last piece: what became of the photo, as its state tells it. JSON, percent-encoded as one component of a URI.',
		schema: text
	}
};

/** What tus itself or the check of a photo refuses: a sentence as plain text, or a code as JSON. */
function uploadRefused(description: string): ApiAnswer {
	return {
		description,
		headers: nextChallenge,
		content: { 'text/plain': { schema: text }, 'application/json': { schema: ref('UploadRefusal') } }
	};
}

const tooLargeOrUnreadable = {
	'413': refused('`too_large`: the body is larger than `maximum` bytes. It was not read to its end.')
};

const uploadRefusals = {
	...tooLargeOrUnreadable,
	...deviceRefusals,
	'412': uploadRefused('The header `Tus-Resumable` is missing or names another version.'),
	'503': uploadRefused(
		'`busy`: the registry could not examine the photo in time. The upload is kept; ask its state later.'
	)
};

function picture(copy: 'full' | 'thumbnail', what: string): ApiOperation {
	return {
		operationId: copy === 'full' ? 'readPhoto' : 'readThumbnail',
		tags: ['photos'],
		summary: `Read ${what}`,
		description:
			`${what.charAt(0).toUpperCase()}${what.slice(1)}, made again by the registry, without metadata. For a tablet or ` +
			'a desk of a house that has to do with the child now; desks prove themselves by their session cookie. Officers ' +
			'of the registry see every house’s.',
		security: [byTablet, ...byDesk],
		parameters: [sha256Parameter],
		responses: {
			'200': {
				description: 'The picture. Never kept in any cache.',
				headers: nextChallenge,
				content: { 'image/jpeg': { schema: bytes } }
			},
			'400': refused('`invalid`: `sha256` is none.'),
			...deviceRefusals,
			'404': refused('`not_here`: there is no such photo, or it is not yours to see. Which of the two is not told.'),
			'500': broken
		}
	};
}

const operations: ApiDocument['paths'] = {
	'/api/health': {
		get: {
			operationId: 'health',
			tags: ['service'],
			summary: 'Is the registry in service?',
			description: 'For a load balancer, and for tablets to see whether this is a demo. Asks the database.',
			security: [],
			parameters: [],
			responses: {
				'200': { description: 'The database answers.', ...json('Health') },
				'503': {
					description: 'The database does not answer.',
					headers: { 'Retry-After': { description: 'Seconds to wait.', schema: count } },
					...json('Unhealthy')
				}
			}
		}
	},
	'/api/openapi.json': {
		get: {
			operationId: 'describe',
			tags: ['service'],
			summary: 'This document',
			description: 'OpenAPI 3.1 as JSON.',
			security: [],
			parameters: [],
			responses: {
				'200': {
					description: 'The document.',
					content: { 'application/json': { schema: { type: 'object' } } }
				}
			}
		}
	},
	'/api/enrol': {
		post: {
			operationId: 'enrol',
			tags: ['tablets'],
			summary: 'Turn a one-time code into a tablet of the house',
			description:
				'The code, shown once at the desk, is the proof; the request is not signed. The two keys were made on the ' +
				'tablet and their private halves never leave it. On a tablet that is enrolled already, the code adds one more ' +
				'person. A request whose answer was lost may be repeated as it was: it gives the same answer.',
			security: [],
			parameters: [],
			requestBody: {
				required: true,
				description: 'Not compressed, at most 4096 bytes.',
				content: { 'application/json': { schema: ref('EnrolRequest') } }
			},
			responses: {
				'200': answer('The tablet is enrolled.', 'EnrolAnswer'),
				'400': refused('`code_mistyped`, `key_invalid`, or `invalid` with the `field` that is wrong.'),
				'403': refused('`device_revoked`: a supervisor has closed this tablet.'),
				'404': refused('`code_unknown`: no such code was given out.'),
				'409': refused('`device_of_another_house`: the other house has to give the tablet back first.'),
				'410': refused('`code_used` or `code_expired`: ask the desk for another.'),
				...tooLargeOrUnreadable,
				'426': refused('`protocol_unknown`: the program on the tablet and the registry speak different protocols.'),
				'429': {
					...refused('`too_many_tries` of wrong codes from this address.'),
					headers: { ...nextChallenge, 'Retry-After': { description: 'Seconds to wait.', schema: count } }
				},
				'500': broken
			}
		}
	},
	'/api/sync/hello': {
		get: {
			operationId: 'hello',
			tags: ['sync'],
			summary: 'Time, epoch and a first challenge to sign',
			description: 'Tells nothing else and asks for nothing. Every later answer brings the next challenge.',
			security: [],
			parameters: [],
			responses: { '200': answer('The registry’s time, epoch and challenge.', 'Hello'), '500': broken }
		}
	},
	'/api/sync/push': {
		post: {
			operationId: 'push',
			tags: ['sync'],
			summary: 'Hand in entries',
			description:
				`At most ${pushEntriesMaximum} entries and ${pushBytesMaximum} bytes after decompression. Each entry is judged ` +
				'by itself and gets its own receipt: one that cannot be taken is set aside (`quarantined`) and stops no other. ' +
				'An entry that is there already gets its first receipt again, so a push may be repeated at any time. What a closed tablet still brings is all set ' +
				'aside as `device_revoked`, for a supervisor to judge.',
			security: [byTablet],
			parameters: [compressedBody],
			requestBody: {
				required: true,
				description: '`deviceId` is the tablet that signs.',
				content: { 'application/json': { schema: ref('PushRequest') } }
			},
			responses: {
				'200': answer('One receipt for each entry, in the order of the push.', 'PushAnswer'),
				'400': refused(
					'`unreadable` (no JSON), `gzip_damaged`, `protocol_unknown`, or `invalid` with the `field` that is wrong.'
				),
				'401': deviceRefusals['401'],
				'413': refused('`too_large` or `too_many`, with the `maximum`. Halve the batch and send again.'),
				'415': refused('`encoding_unknown`: `Content-Encoding` is neither gzip nor identity.'),
				'500': broken
			}
		}
	},
	'/api/sync/readings': {
		post: {
			operationId: 'tellReadings',
			tags: ['sync'],
			summary: 'Tell which full files were opened on the tablet',
			description:
				`At most ${readingsMaximum} readings. Who, which child, when by the tablet’s clock, what for. From which grant ` +
				'is looked up by the registry. Whatever is told is kept, so it may be told again: a reading that is there already ' +
				'is among `kept`. One that cannot be read is among `refused` and stops no other. A closed tablet is heard too.',
			security: [byTablet],
			parameters: [compressedBody],
			requestBody: {
				required: true,
				description: '`deviceId` is the tablet that signs.',
				content: { 'application/json': { schema: ref('ReadingsRequest') } }
			},
			responses: {
				'200': answer('Which readings the registry has; the tablet forgets those.', 'ReadingsAnswer'),
				'400': refused(
					'`unreadable` (no JSON), `gzip_damaged`, `protocol_unknown`, or `invalid` with the `field` that is wrong.'
				),
				'401': deviceRefusals['401'],
				'413': refused('`too_large` or `too_many`, with the `maximum`. Tell fewer at a time.'),
				'415': refused('`encoding_unknown`: `Content-Encoding` is neither gzip nor identity.'),
				'500': broken
			}
		}
	},
	'/api/sync/pull': {
		get: {
			operationId: 'pull',
			tags: ['sync'],
			summary: 'Read the entries of the house after a cursor',
			description:
				'Positions have no gaps, so a cursor never skips. Go on from `next` until `more` is false. Any other part of ' +
				'the query is refused.',
			security: [byTablet],
			parameters: [
				{
					name: 'after',
					in: 'query',
					required: false,
					description: 'The `next` of the last answer; `start`, also when left out, reads from the beginning.',
					schema: ref('Cursor')
				},
				{
					name: 'limit',
					in: 'query',
					required: false,
					description: 'How many entries at most.',
					schema: { type: 'integer', minimum: 1, maximum: pullEntriesMaximum, default: pullEntriesMaximum }
				},
				{
					name: 'epoch',
					in: 'query',
					required: false,
					description: 'The epoch the cursor was read in. Required with any cursor but `start`.',
					schema: plainSchema(epochSchema)
				}
			],
			responses: {
				'200': answer('The next entries, as their tablets signed them.', 'PullAnswer'),
				'400': refused('`invalid`: `field` names the part of the query that is wrong.'),
				...deviceRefusals,
				'409': answer(
					'The cursor is of another life of the feed: the database was put back from a backup. Read again from `start` ' +
						'and push your own entries again.',
					'FeedChanged'
				),
				'500': broken
			}
		}
	},
	'/api/sync/roster': {
		get: {
			operationId: 'roster',
			tags: ['sync'],
			summary: 'The people of the house, and the houses there are',
			description: 'For the names on a tablet’s screen and for hand-overs.',
			security: [byTablet],
			parameters: [],
			responses: { '200': answer('The roster.', 'RosterAnswer'), ...deviceRefusals, '500': broken }
		}
	},
	'/api/sync/sealed': {
		post: {
			operationId: 'sendSealed',
			tags: ['sync'],
			summary: 'Hand in records of a locked tablet',
			description:
				`At most ${sealedRecordsMaximum} records and ${sealedBytesMaximum} bytes after decompression, each sealed to the registry (HPKE, RFC 9180). ` +
				'What is in a record goes the road of a push or of a photo; one that cannot be opened or read is kept aside as it came ' +
				'and stops no other. A record without an outcome is sent again. May be repeated at any time. Of a closed tablet ' +
				'everything is set aside, and the answer carries the signed order to erase itself.',
			security: [byTablet],
			parameters: [compressedBody],
			requestBody: {
				required: true,
				description: '`deviceId` is the tablet that signs.',
				content: { 'application/json': { schema: ref('SealedRequest') } }
			},
			responses: {
				'200': answer('What became of each record.', 'SealedAnswer'),
				'400': refused(
					'`unreadable` (no JSON), `gzip_damaged`, `protocol_unknown`, or `invalid` with the `field` that is wrong.'
				),
				'401': deviceRefusals['401'],
				'413': refused('`too_large` or `too_many`, with the `maximum`. Send fewer at a time.'),
				'415': refused('`encoding_unknown`: `Content-Encoding` is neither gzip nor identity.'),
				'500': broken
			}
		}
	},
	'/api/sync/witness': {
		post: {
			operationId: 'witness',
			tags: ['sync'],
			summary: 'Show the tree heads a tablet holds',
			description:
				'After a new epoch, or a feed that shrank. The registry checks its own signature and whether its feed still has that ' +
				'entry; what it has forgotten is written into its log and told to its officers.',
			security: [byTablet],
			parameters: [compressedBody],
			requestBody: {
				required: true,
				description: '`deviceId` is the tablet that signs.',
				content: { 'application/json': { schema: ref('WitnessRequest') } }
			},
			responses: {
				'200': answer('One verdict for each tree head.', 'WitnessAnswer'),
				'400': refused(
					'`unreadable` (no JSON), `gzip_damaged`, `protocol_unknown`, or `invalid` with the `field` that is wrong.'
				),
				...deviceRefusals,
				'413': refused('`too_large` or `too_many`, with the `maximum`. Send fewer at a time.'),
				'415': refused('`encoding_unknown`: `Content-Encoding` is neither gzip nor identity.'),
				'500': broken
			}
		}
	},
	'/api/sync/wiped': {
		post: {
			operationId: 'tellWiped',
			tags: ['sync'],
			summary: 'Tell that a closed tablet has erased itself',
			description: 'The first time counts. The answer tells the browser to forget what else it has of this origin.',
			security: [byTablet],
			parameters: [compressedBody],
			requestBody: {
				required: true,
				description: '`deviceId` is the tablet that signs.',
				content: { 'application/json': { schema: ref('WipedRequest') } }
			},
			responses: {
				'200': {
					...answer('It is noted.', 'WipedAnswer'),
					headers: { ...nextChallenge, 'Clear-Site-Data': { description: 'cache, cookies, storage.', schema: text } }
				},
				'400': refused(
					'`unreadable` (no JSON), `gzip_damaged`, `protocol_unknown`, or `invalid` with the `field` that is wrong.'
				),
				'401': deviceRefusals['401'],
				'413': refused('`too_large` or `too_many`, with the `maximum`. Nothing that large is meant.'),
				'415': refused('`encoding_unknown`: `Content-Encoding` is neither gzip nor identity.'),
				'500': broken
			}
		}
	},
	'/api/loose': {
		post: {
			operationId: 'sendLoose',
			tags: ['sync'],
			summary: 'Hand in an intake without an account',
			description:
				'Sealed to the registry with the `id` in place of the tablet, number 1, kind `loose`; not signed. The same record again ' +
				'gets the same receipt. An officer of the registry calls back before anything is done.',
			security: [],
			parameters: [
				{
					name: 'Content-Encoding',
					in: 'header',
					required: false,
					description: 'The body may be compressed.',
					schema: { enum: ['gzip', 'identity'] }
				}
			],
			requestBody: {
				required: true,
				description: `At most ${looseBytesMaximum} bytes after decompression.`,
				content: { 'application/json': { schema: ref('LooseRequest') } }
			},
			responses: {
				'200': answer('It is kept; the receipt can be read aloud.', 'LooseAnswer'),
				'400': refused(
					'`unreadable` (no JSON), `gzip_damaged`, `protocol_unknown`, or `invalid` with the `field` that is wrong.'
				),
				'413': refused('`too_large` or `too_many`, with the `maximum`. Make the pictures smaller.'),
				'415': refused('`encoding_unknown`: `Content-Encoding` is neither gzip nor identity.'),
				'500': broken
			}
		}
	},
	'/api/keys': {
		get: {
			operationId: 'keys',
			tags: ['tablets'],
			summary: 'The registry’s public keys',
			description: 'For a tablet without an account: it believes what it is told first, over TLS, and keeps it.',
			security: [],
			parameters: [],
			responses: { '200': answer('The key that signs and the key that is sealed to.', 'Keys'), '500': broken }
		}
	},
	[uploadsPath]: {
		post: {
			operationId: 'announcePhoto',
			tags: ['photos'],
			summary: 'Announce a photo',
			description:
				'Begins a resumable upload by tus 1.0.0, named by the SHA-256 of the photo. Any tablet that has the same photo ' +
				`may go on with it. At most ${photoBytesMaximum} bytes: JPEG, PNG or WebP.`,
			security: [byTablet],
			parameters: [
				tusVersion,
				{
					name: 'Upload-Length',
					in: 'header',
					required: true,
					description: 'Bytes of the whole photo.',
					schema: { type: 'integer', minimum: 1, maximum: photoBytesMaximum }
				},
				{
					name: 'Upload-Metadata',
					in: 'header',
					required: true,
					description: 'By the rules of tus: `sha256` and `filetype`, the values in base64.',
					schema: text
				}
			],
			requestBody: {
				required: false,
				description: `The first piece, or all of a small photo, may come along, at most ${pieceBytesMaximum} bytes.`,
				content: { 'application/offset+octet-stream': { schema: bytes } }
			},
			responses: {
				'201': {
					description: 'The upload has begun.',
					headers: {
						...nextChallenge,
						...tusAnswer,
						...photoTaken,
						Location: { description: 'Where the pieces go; relative to the host.', schema: text }
					}
				},
				'400': uploadRefused('`invalid`: `field` is `sha256` or `filetype`; or the length or the metadata is missing.'),
				...uploadRefusals,
				'413': uploadRefused('The piece or the whole photo is too large.'),
				'422': uploadRefused('`sha256_wrong`: what arrived is not what was announced. Nothing is kept; begin again.'),
				'500': uploadRefused('The registry had a fault of its own. Ask how far the upload is and go on.')
			}
		}
	},
	[`${uploadsPath}/{sha256}`]: {
		head: {
			operationId: 'askUpload',
			tags: ['photos'],
			summary: 'How far is an upload?',
			description: 'tus 1.0.0. Go on at `Upload-Offset`.',
			security: [byTablet],
			parameters: [sha256Parameter, tusVersion],
			responses: {
				'200': {
					description: 'The upload is under way.',
					headers: {
						...nextChallenge,
						...tusAnswer,
						...uploadOffset,
						'Upload-Length': { description: 'Bytes of the whole photo.', schema: count }
					}
				},
				'401': { description: 'As for every signed request; without a body.', headers: nextChallenge },
				'403': { description: 'This tablet was closed.', headers: nextChallenge },
				'404': { description: 'No upload of this photo is under way.', headers: nextChallenge },
				'410': { description: 'Nobody went on with it for 30 days; it is gone.', headers: nextChallenge },
				'412': { description: 'The header `Tus-Resumable` is missing.', headers: nextChallenge },
				'500': { description: 'The registry had a fault of its own.' }
			}
		},
		patch: {
			operationId: 'sendPiece',
			tags: ['photos'],
			summary: 'Send the next piece of a photo',
			description:
				'tus 1.0.0. With the last piece the registry checks the SHA-256, decodes the photo and makes it again; what ' +
				`became of it is told by \`${photoStateHeader}\`, and at any time by its state.`,
			security: [byTablet],
			parameters: [
				sha256Parameter,
				tusVersion,
				{
					name: 'Upload-Offset',
					in: 'header',
					required: true,
					description: 'Where this piece begins: the `Upload-Offset` of the answer before.',
					schema: count
				}
			],
			requestBody: {
				required: true,
				description: `At most ${pieceBytesMaximum} bytes.`,
				content: { 'application/offset+octet-stream': { schema: bytes } }
			},
			responses: {
				'204': {
					description: 'The piece is kept.',
					headers: { ...nextChallenge, ...tusAnswer, ...uploadOffset, ...photoTaken }
				},
				...uploadRefusals,
				'403': uploadRefused(
					'`device_revoked`: this tablet was closed. Also where `Upload-Offset` or the content type is missing.'
				),
				'404': uploadRefused('No upload of this photo is under way: announce it.'),
				'409': uploadRefused('The piece does not begin where the last one ended: ask how far the upload is.'),
				'410': uploadRefused('Nobody went on with it for 30 days; it is gone. Announce it again.'),
				'413': uploadRefused('The piece is too large, or longer than the photo that was announced.'),
				'422': uploadRefused('`sha256_wrong`: what arrived is not what was announced. Nothing is kept; begin again.'),
				'500': uploadRefused('The registry had a fault of its own. Ask how far the upload is and go on.')
			}
		}
	},
	'/api/photos/{sha256}/state': {
		get: {
			operationId: 'photoState',
			tags: ['photos'],
			summary: 'What became of a photo?',
			description:
				'Missing, arrived in part, stored (with the receipt), or refused after it was examined (with the reason).',
			security: [byTablet],
			parameters: [sha256Parameter],
			responses: {
				'200': answer('The state.', 'PhotoState'),
				'400': refused('`invalid`: `sha256` is none.'),
				...deviceRefusals,
				'500': broken
			}
		}
	},
	'/api/photos/{sha256}/thumbnail': { get: picture('thumbnail', 'the small picture of a photo') },
	'/api/photos/{sha256}/full': { get: picture('full', 'the large picture of a photo') }
};

function header(name: string, description: string): Readonly<Record<string, string>> {
	return { type: 'apiKey', in: 'header', name, description };
}

/** The whole document. Its server is wherever it was read. */
export function apiDocument(): ApiDocument {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Lampkeep 留灯',
			// The version of what is spoken, not of the program.
			version: String(PROTOCOL_VERSION),
			description:
				'What tablets and the registry say to each other. Ids are UUIDs in lower case, times are UTC.\n\n' +
				'A signed request carries four headers. The signature (ECDSA on P-256 with SHA-256, in the form of IEEE P1363, ' +
				'as base64url) is by the tablet’s key over these lines, joined by a line feed: `lampkeep-request-1`, the method ' +
				'in capitals, the path with its query as sent, the challenge, the tablet’s id, and the SHA-256 of the body as ' +
				`hex digits (of no bytes where there is no body). A challenge holds ${challengeMinutes} minutes by the ` +
				'registry’s clock; every answer to a signed request brings a fresh one, refusals too.'
		},
		servers: [{ url: '/', description: 'The registry this document was read from.' }],
		tags: [
			{ name: 'tablets', description: 'How a tablet becomes one of a house.' },
			{ name: 'sync', description: 'Entries there and back.' },
			{ name: 'photos', description: 'Photos there in pieces, and back.' },
			{ name: 'service', description: 'For those who run it.' }
		],
		paths: operations,
		components: {
			schemas: componentSchemas(),
			securitySchemes: {
				tabletDevice: header(signatureHeaders.device, 'The tablet’s id.'),
				tabletChallenge: header(signatureHeaders.challenge, 'The challenge that was signed.'),
				tabletBodyHash: header(signatureHeaders.bodyHash, 'SHA-256 of the body as sent, 64 hex digits.'),
				tabletSignature: header(signatureHeaders.signature, 'The signature, base64url.'),
				deskSession: {
					type: 'apiKey',
					in: 'cookie',
					name: '__Host-lampkeep-desk',
					description: 'Session of a person signed in at the desk.'
				},
				deskSessionPlain: {
					type: 'apiKey',
					in: 'cookie',
					name: 'lampkeep-desk',
					description: 'The same where a demo runs on plain http under another name than localhost.'
				}
			}
		}
	};
}
