/** How long each question took: the time since the last thing done on the page goes to the question done next. */

export interface Stopwatch {
  restart(): void;
  lap(question: string): void;
  /** Seconds spent on a question since they were last asked for. */
  take(question: string): number;
}

export function stopwatch(now: () => number): Stopwatch {
  const spent = new Map<string, number>();
  let last = now();
  return {
    restart() {
      last = now();
    },
    lap(question) {
      const time = now();
      spent.set(question, (spent.get(question) ?? 0) + (time - last) / 1000);
      last = time;
    },
    take(question) {
      const seconds = spent.get(question) ?? 0;
      spent.delete(question);
      return seconds;
    },
  };
}
