import type { Fault } from '../search/model.ts';

/** A server's error, found in a body of any status. */
export interface ServerError {
  /** In the server's own words. */
  readonly words: string;
  readonly kind: Fault['kind'];
}

/**
 * The error that a body or an event of a server holds, in any of the forms that providers and compatible servers use:
 * `{error: {message, code, type, status}}`, `{error: 'text'}`, `{type: 'error', ...}`, `{object: 'error', ...}`,
 * `{type: 'response.failed', response: {error}}`, `{detail}`, and a list of one of these; undefined where there is
 * none.
 */
export function errorIn(value: unknown): ServerError | undefined {
  if (Array.isArray(value)) return value.map(errorIn).find((each) => each !== undefined);
  if (!isRecord(value)) return undefined;
  const { error, type, object, detail, response, message } = value;
  if (isRecord(error) || (typeof error === 'string' && error !== '')) return read(error, value);
  if (type === 'error' || object === 'error') return read(value, {});
  if (type === 'response.failed' && isRecord(response))
    return read(isRecord(response.error) ? response.error : 'the response failed', {});
  // A body with part of an answer is no error; only without one are these fields an error.
  const answers = ['choices', 'candidates', 'content', 'output', 'data', 'delta', 'usage', 'usageMetadata'];
  if (answers.some((name) => name in value) || typeof type === 'string') return undefined;
  if (typeof detail === 'string' || Array.isArray(detail)) return read(detail, value);
  return typeof message === 'string' ? read(message, value) : undefined;
}

function read(error: unknown, around: Readonly<Record<string, unknown>>): ServerError {
  const fields: Readonly<Record<string, unknown>> = isRecord(error) ? error : {};
  const said = [fields.message, fields.error, fields.detail].find((each) => typeof each === 'string');
  const words = typeof error === 'string' ? error : (said ?? JSON.stringify(error));
  const names = [fields.code, fields.type, fields.status, around.code, around.type, around.error_type];
  const marks = names.filter((each) => typeof each === 'string');
  const numbers = [fields.code, fields.status, around.code, around.status, around.status_code].map(Number);
  const status = numbers.find((each) => Number.isInteger(each) && each >= 400 && each < 600);
  return { words: String(words), kind: kindOf(status, [words, ...marks].join(' ')) };
}

/** Messages on a prompt that is too long, where a retry is useless, under any status. */
const tooLong =
  /context[_ -]?(length|window|size|limit)|maximum context|prompt (is )?too long|input (is )?too (long|large)|(input|prompt|request)[^.]{0,60}exceeds?[^.]{0,40}(tokens|context|max)|exceeds? (the )?(maximum|max|limit)[^.]{0,30}(number of )?(input )?tokens|token count[^.]{0,40}exceeds|request too large|too many (input )?tokens|max_model_len|string_above_max_length|reduce the length/i;

/** Messages after which every call fails until the user acts. */
const shut =
  /insufficient_quota|credit balance is too low|api[_ ]key[_ ](invalid|not valid)|(invalid|incorrect|wrong|missing)[_ ]api[_ ]key|invalid x-api-key|authentication[_ ]?error|unauthorized|unauthenticated|permission[_ ](error|denied)|model_not_found|not_found_error/i;

const crowded =
  /rate[_ -]?limit|too many requests|overloaded|resource_exhausted|at capacity|server (is )?busy/i;

/**
 * The kind of fault of a refusal, by its HTTP status and the server's message; undefined without a status.
 * A prompt that is too long is `unfit` and a closed account `wrong` under any status.
 */
export function kindOf(status: number | undefined, words = ''): Fault['kind'] {
  if (shut.test(words) && (status === undefined || status < 500)) return 'wrong';
  if (status !== 401 && status !== 403 && tooLong.test(words)) return 'unfit';
  if (status === undefined) return crowded.test(words) ? 'busy' : 'broken';
  if (status === 429) return 'busy';
  if (status >= 500 || [408, 409, 425].includes(status)) return 'broken';
  return [400, 413, 422].includes(status) ? 'unfit' : 'wrong';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
