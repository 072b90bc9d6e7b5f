/** The verbs, types and extensions of xapi/profile.jsonld, named by the build (see esbuild-options.mjs). */
declare module "vocabulary" {
  export const verbInitialized: string;
  export const verbExperienced: string;
  export const verbAnswered: string;
  export const verbPlanned: string;
  export const verbProgressed: string;
  export const verbCompleted: string;
  export const verbPassed: string;
  export const verbFailed: string;
  export const verbTerminated: string;
  export const typeCourse: string;
  export const typeLearningPlan: string;
  export const typeLesson: string;
  export const typeCmiInteraction: string;
  export const activityCmi5: string;
  export const activityMoveon: string;
  export const contextMasteryscore: string;
  export const contextAttempt: string;
  export const contextKeyRevision: string;
  export const contextPurpose: string;
  export const resultProgress: string;
  export const profileVersion: string;
}
