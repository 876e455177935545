import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { render } from "../../report/render";
import { REPOSITORY } from "../../sandbox/options";
import { temporaryFolder } from "../sandbox/launcher/temporary-folder";
import { findBrowser, openBrowser } from "./browser";
import { deployedState, openedState, reportOf } from "./report-inputs";

const PICTURE = join(REPOSITORY, "docs", "report.png");
/** Wide enough for two columns, in the scheme that a printed page has. */
const WINDOW = { viewport: { width: 1000, height: 800 }, colorScheme: "light" } as const;

/** `npm run docs:report`: takes the README's picture of the page, of the small environment with two slips in it. */
async function takePicture(): Promise<void> {
  const executable = findBrowser();
  if (executable === undefined) throw new Error("no browser is installed; install chromium");
  const recorded = openedState(await deployedState());
  const named = JSON.stringify(recorded).replaceAll(
    "urn:pulumi:stack::project::",
    "urn:pulumi:dev::secure-jump-access::",
  );
  const report = reportOf(JSON.parse(named), { simulated: true });
  const folder = temporaryFolder();
  const browser = await openBrowser(executable);
  try {
    const page = await browser.newPage(WINDOW);
    await page.goto(pathToFileURL(folder.file("page.html", render(report, "html", ""))).href);
    const first = await page.locator("section[aria-labelledby=refuted]").boundingBox();
    const last = await page.locator(".legend").boundingBox();
    if (first === null || last === null) throw new Error("the page shows no slip or no network");
    const { width } = WINDOW.viewport;
    const picture = await page.screenshot({
      fullPage: true,
      clip: { x: 0, y: first.y, width, height: last.y + last.height + 8 - first.y },
    });
    writeFileSync(PICTURE, picture);
  } finally {
    await browser.close();
    folder.remove();
  }
}

void takePicture();
