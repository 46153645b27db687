/** The same booking in three turns, as small as it can be, that every peer plays with its own means of keeping a dialogue. */

/** What a customer says in turn 0, 1, 2. */
export const SAID = ["空调不制冷,后天下午两点能来吗", "浦东新区张杨路8号,王先生 13800000001", "确认"] as const;

/** What a dialogue keeps between its turns. */
export interface Booking {
  step: number;
  wish: string;
  contact: string;
}

export const newBooking = (): Booking => ({ step: 0, wish: "", contact: "" });

/** The reply to what was said; changes the booking. */
export function answer(booking: Booking, text: string): string {
  switch (booking.step) {
    case 0:
      booking.step = 1;
      booking.wish = text;
      return "好的,请告诉我地址、姓名和电话。";
    case 1:
      booking.step = 2;
      booking.contact = text;
      return `请确认:${booking.wish};${booking.contact}。`;
    default:
      booking.step = 0;
      return "预约已确认。";
  }
}

export const LAST_REPLY = "预约已确认。";

/** One peer, ready to be talked to. */
export interface Peer {
  /** What the customer says, through the peer's own front door; resolves to its reply, when the turn is over. */
  turn(customer: number, text: string): Promise<string>;
}

/** File that is put into the scratch folder, so that packages are looked for there. */
export const LOADER = "load.mjs";

/** Loads a package of the scratch folder. */
export type Load = <Module>(name: string) => Promise<Module>;

/** Replies as they come out of a fake transport. */
export function createMailbox(): { readonly put: (text: string) => void; readonly take: () => string } {
  let last: string | null = null;
  return {
    put: (text) => {
      last = text;
    },
    take: () => {
      if (last === null) throw new Error("the peer did not reply");
      const text = last;
      last = null;
      return text;
    },
  };
}
