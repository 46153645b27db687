/**
 * What is locked by name. A turn reads the conversation, the file of its customer, and what belongs to them, and writes them
 * anew; so both are held from the first read to the commit.
 */
export const conversationKey = (id: string): string => `conversation:${id}`;
export const customerKey = (id: string): string => `customer:${id}`;
/** A technician's day, or that of a bay or a loan car: written by one unit at a time. */
export const dayKey = (technician: string, day: string): string => `day:${day}:${technician}`;
/** Cases that carry a mark: counted and added to by one unit at a time. */
export const markKey = (mark: string): string => `mark:${mark}`;
/** Order in which entries come in: their numbers are given under it, so that an earlier one is never seen later. */
export const INTAKE_KEY = "intake";
