/** `npm run doctor`: says what is wrong with this installation and how to mend it. */
import { examineAddress, examineBuild, examineDatabase, examineEnvironment, examineFolder, type Finding } from './diagnosis.ts';
import { prepareEnvironment } from './environment.ts';
import { explainFailure } from './failure.ts';
import { openDatabase } from './open-database.ts';

const findings: Finding[] = [{ ok: true, text: `Node ${process.version}; the dependencies are installed.` }];
const report = (finding: Finding): void => console.log(`  ${finding.ok ? '✓' : '✗'} ${finding.text}`);

findings.push(examineFolder());
try {
  const env = prepareEnvironment('production');
  findings.push(examineEnvironment(), examineBuild(), await examineAddress(env), ...(await database()));
} catch (error) {
  findings.push({ ok: false, text: explainFailure(error) });
}
console.log('');
findings.forEach(report);
const wrong = findings.filter((finding) => !finding.ok).length;
console.log(wrong === 0 ? '\n  All is well.\n' : `\n  ${wrong === 1 ? 'One thing is' : `${wrong} things are`} wrong.\n`);
process.exit(wrong === 0 ? 0 : 1);

async function database(): Promise<Finding[]> {
  try {
    const opened = await openDatabase();
    try {
      return await examineDatabase(opened.url);
    } finally {
      await opened.stop();
    }
  } catch (error) {
    return [{ ok: false, text: explainFailure(error) }];
  }
}
