/** A recording in the browser's own controls. What it does is reported in the words of the video profile. */

import {
  contextVideoCompletionThreshold, contextVideoLength, contextVideoSessionId, resultVideoPlayedSegments, resultVideoProgress,
  resultVideoTime, resultVideoTimeFrom, resultVideoTimeTo, verbCompleted, verbPaused, verbPlayed, verbSeeked,
} from "vocabulary";
import { isoDuration } from "../duration.ts";
import type { Json } from "../json.ts";
import { uuid } from "../uuid.ts";
import { find, part, say, show, words } from "./dom.ts";
import type { Practice } from "./practice.ts";

/** A slider is dragged through many moments: where it comes to rest is said. */
const REST = 500;

const seconds = (time: number) => Math.round(time * 1000) / 1000;

/** A film recorded in a browser does not say how long it is until it has been played. */
const known = (duration: number) => (Number.isFinite(duration) ? duration : 0);

export const media: Practice = (session, block, root) => {
  const player = part<HTMLMediaElement>(root, "[data-media]");
  const title = words(find(root, "h2"));
  const showing = uuid();
  let ended = false;
  let here = 0;
  let from: number | null = null;
  let rest: number | undefined;

  function report(verb: string, result: Json, extensions: Json = {}): void {
    session.report({
      kind: "media", verb, block: block.id, page: block.page, title, result,
      extensions: { [contextVideoSessionId]: showing, ...extensions }, at: Date.now(),
    });
  }

  /** What has been played of it: never counted twice. */
  function heard(): Json {
    const parts = Array.from({ length: player.played.length }, (_, at) => [seconds(player.played.start(at)), seconds(player.played.end(at))] as const);
    const whole = parts.reduce((sum, [start, end]) => sum + end - start, 0);
    return {
      [resultVideoTime]: seconds(player.currentTime),
      [resultVideoProgress]: Math.min(1, seconds(whole / (known(player.duration) || whole || 1))),
      [resultVideoPlayedSegments]: parts.map(([start, end]) => `${start}[.]${end}`).join("[,]"),
    };
  }
  const length = () => ({ [contextVideoLength]: seconds(known(player.duration)) });

  player.addEventListener("timeupdate", () => { if (!player.seeking) here = player.currentTime; });
  player.addEventListener("play", () => report(verbPlayed, { extensions: { [resultVideoTime]: seconds(player.currentTime) } }));
  // At the end a browser pauses, too.
  player.addEventListener("pause", () => { if (!player.ended) report(verbPaused, { extensions: heard() }, length()); });
  player.addEventListener("seeking", () => { from ??= here; });
  player.addEventListener("seeked", () => {
    window.clearTimeout(rest);
    rest = window.setTimeout(() => {
      report(verbSeeked, { extensions: { [resultVideoTimeFrom]: seconds(from ?? 0), [resultVideoTimeTo]: seconds(player.currentTime) } });
      from = null;
    }, REST);
  });
  player.addEventListener("ended", () => {
    if (ended) return;
    ended = true;
    report(verbCompleted, { completion: true, duration: isoDuration(known(player.duration)), extensions: heard() }, { ...length(), [contextVideoCompletionThreshold]: 1 });
  });

  // Browsers show captions over films only: those of a sound are written below it.
  const line = find(root, "[data-cue]");
  const [track] = player.textTracks;
  if (line && track) {
    track.mode = "hidden";
    show(line, true);
    track.addEventListener("cuechange", () => say(line, Array.from(track.activeCues ?? [], (cue) => (cue as VTTCue).text).join(" ")));
  }
  return () => {};
};
