export {
  TRIAGE,
  VERDICTS,
  caseRecord,
  claimRecord,
  decisionRecord,
  statementRecord,
  triageRecord,
  type NewCase,
  type NewClaim,
} from './records.js';
export { findContradictions, type ClaimLike, type Contradiction, type NoticeSide } from './contradictions.js';
export { buildTimeline, type TimelineLine, type TimelineNotice } from './timeline.js';
export { caseReport, type CaseReport, type CaseTools } from './report.js';
export { glossKey, type Glosses } from './glosses.js';
