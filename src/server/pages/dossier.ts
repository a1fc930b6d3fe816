/** Making, trying, publishing and withdrawing a dossier from the pages, as the command does; an editor's business. */
import type { Context, Hono } from 'hono';
import { type CaseReport, caseReport } from '../../case/index.js';
import {
  type CaseDossierOptions,
  type DossierFormat,
  FORMATS,
  type RedactionOrder,
  WITHOUT_BROWSER,
  buildDossier,
  publishBundle,
  publishedOf,
  withdrawDossier,
} from '../../dossier/index.js';
import { AsPostedError, instant } from '../../model/index.js';
import { readZip } from '../../verify/index.js';
import { type Parts, dossierTools, publishRules } from '../../watch/index.js';
import { type Form, readForm } from '../access/forms.js';
import { fullId } from '../ids.js';
import { memberAnswer } from '../published.js';
import { type DossierTrial, dossierPage } from './dossier-page.js';

/** Prints a page as PDF; undefined where no browser is. */
export type Print = CaseDossierOptions['print'];

interface Order {
  formats: readonly DossierFormat[];
  redact?: RedactionOrder | undefined;
  tell?: (line: string) => void;
}

export function addDossier(app: Hono, parts: Parts, print: Print): void {
  const { store, catalogue, clock } = parts;
  const reportOf = async (context: Context): Promise<CaseReport> => {
    const id = await fullId(store.database, context.req.param('id') ?? '', 'K');
    return (await caseReport({ database: store.database, catalogue }, id))!;
  };
  const make = async (report: CaseReport, { formats, redact, tell }: Order): Promise<Uint8Array> =>
    buildDossier(report, {
      ...(await dossierTools(parts)),
      ...(print === undefined ? {} : { print }),
      formats: print === undefined ? formats.filter((each) => each !== 'pdf') : formats,
      publication: { rules: publishRules(parts), ...(redact ? { redact } : {}), ...(tell ? { tell } : {}) },
    });

  app.get('/cases/:id/dossier', async (context) => {
    const report = await reportOf(context);
    const { id, title } = report;
    return context.html(
      dossierPage({
        ...{ id, title, canPrint: print !== undefined, by: context.get('who').name ?? '' },
        trial: await tried((tell) => make(report, { formats: WITHOUT_BROWSER, tell })),
        published: await publishedOf(store.dir, id),
        done: context.req.query('done'),
      }),
    );
  });
  // Made anew for each file that is opened: what is previewed is what would go out, and nothing of it is kept.
  app.get('/cases/:id/dossier/preview/*', async (context) => {
    const report = await reportOf(context);
    const [, path = ''] = context.req.path.split('/dossier/preview/');
    const files = await readZip(await make(report, { formats: WITHOUT_BROWSER }));
    const file = files.find((each) => each.path === (path === '' ? 'index.html' : path));
    if (file) return memberAnswer(context, file.path, new Uint8Array(file.bytes));
    throw new AsPostedError({ code: 'NOT_FOUND', message: 'the dossier has no such file' });
  });
  app.post('/cases/:id/dossier', async (context) => {
    const report = await reportOf(context);
    const form = await readForm(context);
    const wanted = form.many('format');
    const formats = FORMATS.filter((each) => each === 'html' || wanted.includes(each));
    const bundle = await make(report, { formats, redact: redactionOf(form) });
    if (form.one('does') !== 'publish')
      return context.body(new Uint8Array(bundle), 200, {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${report.id}.zip"`,
      });
    await publishBundle(store.dir, bundle, { title: report.title, case: report.id, published: instant(clock.now()) });
    return context.redirect(`/cases/${report.id}/dossier?done=published#published`, 303);
  });
  app.post('/cases/:id/dossier/withdraw', async (context) => {
    const { id } = await reportOf(context);
    const dossier = (await readForm(context)).one('dossier');
    if (!(await publishedOf(store.dir, id)).some((each) => each.id === dossier))
      throw new AsPostedError({ code: 'NOT_FOUND', message: 'no dossier of this case was published under this id' });
    await withdrawDossier(store.dir, dossier, instant(clock.now()));
    return context.redirect(`/cases/${id}/dossier?done=withdrawn#published`, 303);
  });
}

/** A dossier that is refused is a finding here, and no error: the page says what was found. */
async function tried(make: (tell: (line: string) => void) => Promise<Uint8Array>): Promise<DossierTrial> {
  const told: string[] = [];
  try {
    const files = await readZip(await make((line) => told.push(line)));
    return { told, files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length })) };
  } catch (thrown) {
    if (!(thrown instanceof AsPostedError) || thrown.code !== 'BAD_INPUT') throw thrown;
    return { told, files: [], refused: { message: thrown.message, hint: thrown.hint } };
  }
}

/** Without who and why, a hole in the evidence says nothing. */
function redactionOf(form: Form): RedactionOrder | undefined {
  const [records, findings] = [form.many('redact'), form.one('findings') === 'yes'];
  if (records.length === 0 && !findings) return undefined;
  const [reason, by] = [form.one('reason'), form.one('redactedBy')];
  if (reason === '' || by === '')
    throw new AsPostedError({
      code: 'USAGE',
      message: 'leaving something out needs a reason and who decided it',
      hint: 'Both stand in the bundle.',
    });
  return { records, findings, reason, by };
}
