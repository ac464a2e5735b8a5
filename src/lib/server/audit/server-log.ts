import pino from 'pino';

/**
 * What operators read when something went wrong: one line of JSON on standard error. Ids and causes, never what a request
 * carried; standard output belongs to the commands' answers.
 */
export const serverLog = pino({ name: 'lampkeep', base: null }, pino.destination({ dest: 2, sync: true }));
