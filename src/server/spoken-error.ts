import { AsPostedError } from '../model/index.js';

/**
 * An error of a page, said in its language: message and hint are whole sentences that come from messages. Every other error is said in
 * English, as programs and logs read it. Never thrown where a program asks.
 */
export class SpokenError extends AsPostedError {}
