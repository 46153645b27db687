/** Microsoft's Agents SDK, the successor of the Bot Framework, with its conversation state in memory. */
import { answer, type Booking, createMailbox, type Load, newBooking, type Peer } from "./booking.ts";

interface TurnContext {
  readonly activity: { readonly text: string };
  sendActivity(text: string): Promise<unknown>;
}
interface Accessor {
  get(context: TurnContext, initial: Booking): Promise<Booking>;
}
interface Sdk {
  readonly BaseAdapter: new () => { runMiddleware(context: TurnContext, next: (context: TurnContext) => Promise<void>): Promise<void> };
  readonly TurnContext: new (adapter: unknown, activity: unknown) => TurnContext;
  readonly ConversationState: new (
    storage: unknown,
  ) => {
    createProperty(name: string): Accessor;
    load(context: TurnContext, force?: boolean): Promise<unknown>;
    saveChanges(context: TurnContext): Promise<void>;
  };
  readonly MemoryStorage: new () => unknown;
}
interface Activities {
  readonly Activity: { fromObject(activity: unknown): unknown };
}

export async function openAgents(load: Load): Promise<Peer> {
  const { BaseAdapter, TurnContext, ConversationState, MemoryStorage } = await load<Sdk>("@microsoft/agents-hosting");
  const { Activity } = await load<Activities>("@microsoft/agents-activity");
  const box = createMailbox();
  class Adapter extends BaseAdapter {
    async sendActivities(_context: TurnContext, activities: readonly { readonly text: string }[]): Promise<{ id: string }[]> {
      for (const { text } of activities) box.put(text);
      return activities.map(() => ({ id: "1" }));
    }
  }
  const adapter = new Adapter();
  const state = new ConversationState(new MemoryStorage());
  const bookings = state.createProperty("booking");
  let count = 0;
  return {
    async turn(customer, text) {
      count += 1;
      const activity = Activity.fromObject({
        type: "message",
        id: String(count),
        channelId: "bench",
        serviceUrl: "http://127.0.0.1/",
        conversation: { id: `c${customer}` },
        from: { id: `u${customer}` },
        recipient: { id: "bench" },
        text,
      });
      await adapter.runMiddleware(new TurnContext(adapter, activity), async (context) => {
        await state.load(context);
        const booking = await bookings.get(context, newBooking());
        await context.sendActivity(answer(booking, context.activity.text));
        await state.saveChanges(context);
      });
      return box.take();
    },
  };
}
