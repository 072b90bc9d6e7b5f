/** Facts → xAPI statements. Verbs, types and extensions come from xapi/profile.jsonld. */

import {
  activityCmi5, activityMoveon, activityVideo, contextAttempt, contextKeyRevision, contextMasteryscore, contextPurpose, profileVersion,
  resultProgress, typeCmiInteraction, typeCourse, typeLearningPlan, typeLesson, typeVideo, verbAnswered, verbCompleted, verbExperienced, verbFailed,
  verbInitialized, verbPassed, verbPlanned, verbProgressed, verbTerminated,
} from "vocabulary";
import type { Course } from "./course.ts";
import { isoDuration } from "./duration.ts";
import type { Fact, Interaction, PageRead, PlanMade, Played, StepTaken } from "./interactions.ts";
import type { Json } from "./json.ts";
import { uuid } from "./uuid.ts";

type ActivityList = readonly Json[];

export interface Statement extends Json {
  readonly id: string;
  readonly timestamp: string;
}

/** What a launch adds to each statement. */
export interface Speaker {
  readonly actor: Json;
  readonly registration: string | null;
  /** What statements about the whole course are about: the LMS's own name for it. */
  readonly activity: string;
  readonly platform: string;
  /** The LMS's context, to be copied and added to. */
  readonly template: Json;
  /** cmi5 marks the statements it defines; others do not. */
  readonly marksDefined: boolean;
}

const activity = (id: string): Json => ({ objectType: "Activity", id });
const listed = (value: unknown): ActivityList => (value === undefined ? [] : ([] as ActivityList).concat(value as Json));
const words = (course: Course, text: string) => ({ [course.language]: text });
const pageIri = (course: Course, page: string) => `${course.iri}/pages/${page}`;

interface Said {
  readonly verb: string;
  readonly object: Json;
  readonly at: number;
  readonly fact?: Fact;
  readonly result?: Json;
  readonly parent?: string;
  readonly categories?: readonly string[];
  readonly extensions?: Json;
}

function statement(course: Course, speaker: Speaker, said: Said): Statement {
  const given = (speaker.template.contextActivities ?? {}) as Json;
  const added = {
    parent: said.parent === undefined ? [] : [said.parent],
    grouping: [course.iri],
    category: [...(said.categories ?? []), profileVersion],
  };
  const lists = Object.entries(added).map(([name, ids]) => {
    const before = listed(given[name]);
    return [name, [...before, ...ids.filter((id) => !before.some((known) => known.id === id)).map(activity)]] as const;
  });
  return {
    id: said.fact?.statement ?? uuid(),
    actor: speaker.actor,
    verb: { id: said.verb, display: { en: said.verb.slice(said.verb.lastIndexOf("/") + 1) } },
    object: said.object,
    ...(said.result && { result: said.result }),
    context: {
      ...speaker.template,
      ...(speaker.registration && { registration: speaker.registration }),
      contextActivities: { ...given, ...Object.fromEntries(lists.filter(([, list]) => list.length)) },
      revision: course.version,
      platform: speaker.platform,
      language: course.language,
      extensions: { ...(speaker.template.extensions as Json | undefined), ...said.extensions },
    },
    timestamp: new Date(said.at).toISOString(),
  };
}

function experienced(course: Course, speaker: Speaker, read: PageRead): Statement {
  return statement(course, speaker, {
    verb: verbExperienced,
    object: { ...activity(pageIri(course, read.page)), definition: { type: typeLesson, name: words(course, read.title) } },
    parent: course.iri,
    at: read.at,
    fact: read,
  });
}

function progressed(course: Course, speaker: Speaker, progress: number, at: number): Statement {
  return statement(course, speaker, {
    verb: verbProgressed,
    object: { ...activity(course.iri), definition: { type: typeCourse } },
    result: { extensions: { [resultProgress]: Math.floor(progress * 100) } },
    at,
  });
}

/** The same about a scenario, which the page it stands on is known by. */
function advanced(course: Course, speaker: Speaker, step: StepTaken): Statement {
  return statement(course, speaker, {
    verb: verbProgressed,
    object: { ...activity(pageIri(course, step.page)), definition: { type: typeLesson, name: words(course, step.title) } },
    result: { extensions: { [resultProgress]: Math.floor(step.progress * 100) } },
    parent: course.iri,
    at: step.at,
    fact: step,
  });
}

/** The plan is known by its block. Not a word of it is here. */
export function planned(course: Course, speaker: Speaker, made: PlanMade): Statement {
  return statement(course, speaker, {
    verb: verbPlanned,
    object: { ...activity(`${course.iri}/plans/${made.block}`), definition: { type: typeLearningPlan, name: words(course, made.title) } },
    parent: pageIri(course, made.page),
    at: made.at,
    fact: made,
  });
}

function recording(course: Course, speaker: Speaker, played: Played): Statement {
  return statement(course, speaker, {
    verb: played.verb,
    object: { ...activity(`${course.iri}/media/${played.block}`), definition: { type: typeVideo, name: words(course, played.title) } },
    result: played.result,
    extensions: played.extensions,
    categories: [activityVideo],
    parent: pageIri(course, played.page),
    at: played.at,
    fact: played,
  });
}

function answered(course: Course, speaker: Speaker, given: Interaction): Statement {
  const components = Object.entries(given.components).map(([list, items]) => [
    list, items.map(({ id, text }) => ({ id, description: words(course, text) })),
  ]);
  return statement(course, speaker, {
    verb: verbAnswered,
    object: {
      ...activity(`${course.iri}/questions/${given.id}`),
      definition: {
        type: typeCmiInteraction,
        name: words(course, given.prompt),
        description: words(course, given.prompt),
        interactionType: given.type,
        ...(given.idPatterns.length && { correctResponsesPattern: given.idPatterns }),
        ...Object.fromEntries(components),
      },
    },
    result: {
      response: given.ids,
      duration: isoDuration(given.latency),
      ...(given.score !== null && { success: given.result === "correct", score: { scaled: Math.round(given.score * 10_000) / 10_000 } }),
    },
    parent: pageIri(course, given.page),
    extensions: { [contextAttempt]: given.attempt, [contextKeyRevision]: given.revision, [contextPurpose]: given.purpose },
    at: given.at,
    fact: given,
  });
}

/** What is said of a fact. How far a learner is, is said until they have completed the course. */
export function statementsOf(course: Course, speaker: Speaker, fact: Fact, completed: boolean): readonly Statement[] {
  if (fact.kind === "interaction") return [answered(course, speaker, fact)];
  if (fact.kind === "step") return [advanced(course, speaker, fact)];
  if (fact.kind === "plan") return [planned(course, speaker, fact)];
  if (fact.kind === "media") return [recording(course, speaker, fact)];
  const read = experienced(course, speaker, fact);
  return completed || fact.progress >= 1 ? [read] : [read, progressed(course, speaker, fact.progress, fact.at)];
}

type Context = Readonly<Record<string, Json | undefined>>;

/** Whether cmi5 itself defines the statement: it then belongs to its own session and no other. */
export function isDefined({ context }: Statement): boolean {
  const categories = (context as Context).contextActivities?.category;
  return listed(categories).some(({ id }) => id === activityCmi5);
}

export const verbOf = ({ verb }: Statement): unknown => (verb as Json).id;

/** The statement as part of the present session, whose id the LMS's template brings. */
export function adopted(speaker: Speaker, statement: Statement): Statement {
  const context = statement.context as Context;
  return { ...statement, context: { ...context, extensions: { ...context.extensions, ...(speaker.template.extensions as Json | undefined) } } };
}

export interface Ending {
  readonly seconds: number;
  readonly score: number | null;
  /** Only where the LMS gave one. */
  readonly mastery: number | null;
  /** When it was; now, unless it is said. */
  readonly at?: number;
}

/** The statements about the course as a whole. */
export const MILESTONES = {
  initialized: { verb: verbInitialized, judged: false, timed: false, outcome: {} },
  completed: { verb: verbCompleted, judged: false, timed: true, outcome: { completion: true } },
  passed: { verb: verbPassed, judged: true, timed: true, outcome: { success: true } },
  failed: { verb: verbFailed, judged: true, timed: true, outcome: { success: false } },
  terminated: { verb: verbTerminated, judged: false, timed: true, outcome: {} },
} as const;
export type Milestone = keyof typeof MILESTONES;

export function milestone(course: Course, speaker: Speaker, name: Milestone, { seconds, score, mastery, at }: Ending): Statement {
  const { verb, judged, timed, outcome } = MILESTONES[name];
  const scored = judged && score !== null;
  const moves = Object.keys(outcome).length > 0;
  return statement(course, speaker, {
    verb,
    object: speaker.marksDefined ? activity(speaker.activity) : { ...activity(speaker.activity), definition: { type: typeCourse } },
    ...(timed && {
      result: {
        ...outcome,
        duration: isoDuration(seconds),
        ...(scored && { score: { scaled: score, raw: Math.round(score * 10_000) / 100, min: 0, max: 100 } }),
      },
    }),
    categories: speaker.marksDefined ? [activityCmi5, ...(moves ? [activityMoveon] : [])] : [],
    ...(judged && mastery !== null && { extensions: { [contextMasteryscore]: mastery } }),
    at: at ?? Date.now(),
  });
}
