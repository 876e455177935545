import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { Report } from "../../report/proof-report";
import { render } from "../../report/render";
import { findBrowser, openBrowser } from "../support/browser";
import { measure } from "../support/page-measures";
import { manySpokes, withRule } from "../support/recorded-state";
import { deployedState, IDENTITY_CLAIMS, openedState, reportOf } from "../support/report-inputs";
import { type TemporaryFolder, temporaryFolder } from "../sandbox/launcher/temporary-folder";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

/** The page in a real browser: the system's Chromium, which CI installs where it is missing. */
describe("the page in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: TemporaryFolder;
  let contexts: BrowserContext[] = [];
  const files: Record<string, string> = {};

  before(async function () {
    const executable = findBrowser();
    if (executable === undefined) {
      this.skip();
    }
    folder = temporaryFolder();
    const state = await deployedState();
    const opened = openedState(state);
    const write = (name: string, report: Report): void => {
      files[name] = folder.file(`${name}.html`, render(report, "html", ""));
    };
    write("proved", reportOf(state, { simulated: true }));
    write("refuted", reportOf(opened));
    write("identity", { ...reportOf(opened), claims: IDENTITY_CLAIMS });
    write("unknown", reportOf(opened, { assumptions: false }));
    const broken = withRule(manySpokes(state, 20, 8), "jump-app3-nsg", { name: "Temporary" });
    write("many", reportOf(broken));
    const long = "a-name-that-goes-on-and-on-".repeat(6);
    write(
      "long",
      reportOf(JSON.parse(JSON.stringify(opened).replaceAll("jump-app-", `jump-${long}`))),
    );
    const hostile = `</style></title><script>document.title='run'</script><img src=x onerror=alert(1)>`;
    const inJson = JSON.stringify(hostile).slice(1, -1);
    write(
      "hostile",
      reportOf(JSON.parse(JSON.stringify(opened).replaceAll("jump-app-", `${inJson}-`))),
    );
    browser = await openBrowser(executable);
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
  });
  after(async () => {
    // Nothing was opened where there is no browser.
    if (browser as Browser | undefined) await browser.close();
    if (folder as TemporaryFolder | undefined) folder.remove();
  });

  async function open(
    name: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
    const context = await browser.newContext({ viewport: DESK, ...options });
    contexts.push(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()} ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => complaints.push(`dialog ${dialog.message()}`));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(files[name] ?? "").href);
    return { page, complaints, requests };
  }

  it("asks the network for nothing and complains of nothing, whatever the resources are called", async () => {
    for (const name of Object.keys(files)) {
      const { page, complaints, requests } = await open(name);
      expect(complaints, name).to.deep.equal([]);
      expect(requests, name).to.deep.equal([pathToFileURL(files[name] ?? "").href]);
      expect(await page.title(), name).to.match(/^Proof of stack stack of project/);
    }
    const { page } = await open("hostile");
    expect(await page.locator("body").innerText()).to.contain(
      "<script>document.title='run'</script>",
    );
    expect(await page.locator("script, img").count()).to.equal(0);
  });

  it("would not run a script or show a picture even if one got in", async () => {
    const { page, complaints } = await open("proved");
    expect(await measure(page, "intrude")).to.match(/^Proof/);
    expect(complaints.join())
      .to.match(/script/)
      .and.match(/img-src|image/);
  });

  for (const [what, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    it(`never has to be pushed sideways on a ${what}`, async () => {
      for (const name of Object.keys(files)) {
        const { page } = await open(name, { viewport });
        await measure(page, "unfold");
        expect(await measure(page, "overflow"), name).to.deep.equal({ sideways: false, over: [] });
      }
    });
  }

  it("shows the wide picture on a desk and the narrow one on a phone, and its texts are not too small there", async () => {
    for (const [viewport, kind] of [
      [DESK, "wide"],
      [PHONE, "narrow"],
    ] as const) {
      const { page } = await open("many", { viewport });
      const shown = page.locator("svg.picture:visible");
      expect(await shown.count()).to.equal(1);
      expect(await shown.getAttribute("class")).to.equal(`picture ${kind}`);
      expect((await measure(page, "pictureScale")) * 11.5).to.be.at.least(10);
    }
  });

  it("has its landmarks once, one first heading and no level left out", async () => {
    for (const name of ["proved", "refuted", "many"]) {
      const { page } = await open(name);
      for (const landmark of ["banner", "main", "contentinfo", "navigation"] as const) {
        expect(await page.getByRole(landmark).count(), landmark).to.equal(1);
      }
      const levels = await measure(page, "headingLevels");
      expect(levels[0]).to.equal(1);
      for (const [index, level] of levels.slice(1).entries()) {
        expect(level, name).to.be.within(2, levels[index]! + 1);
      }
    }
  });

  it("names everything for a screen reader: pictures, tables and their headers, links that lead somewhere", async () => {
    for (const name of ["proved", "refuted", "unknown"]) {
      for (const viewport of [DESK, PHONE]) {
        const { page } = await open(name, { viewport });
        await measure(page, "unfold");
        const picture = page.getByRole("img", { name: /The network, its ranges to scale/ });
        expect(await picture.count()).to.equal(1);
        const tables = await page.locator("table").count();
        expect(await page.getByRole("table", { name: /\w/ }).count()).to.equal(tables);
        expect(tables).to.be.greaterThan(5);
        expect(await page.getByRole("columnheader").count()).to.be.greaterThan(tables);
        expect(await page.getByRole("rowheader").count()).to.be.at.least(tables);
      }
      const { page } = await open(name);
      expect(await measure(page, "lost"), name).to.deep.equal({ links: [], twice: [] });
    }
  });

  for (const scheme of ["light", "dark"] as const) {
    it(`can be read in ${scheme}: every text and line has the contrast that WCAG AA asks for`, async () => {
      for (const name of ["refuted", "unknown", "identity", "many"]) {
        const { page } = await open(name, { colorScheme: scheme });
        const height = await measure(page, "unfold");
        await page.setViewportSize({ width: DESK.width, height: Math.min(height, 16_000) });
        const { measured, faint } = await measure(page, "contrast");
        expect(measured, name).to.be.greaterThan(150);
        expect(faint, name).to.deep.equal([]);
      }
    });
  }

  it("is really dark in the dark", async () => {
    const ground = async (colorScheme: "light" | "dark"): Promise<string> => {
      const { page } = await open("proved", { colorScheme });
      return measure(page, "ground");
    };
    expect([await ground("light"), await ground("dark")]).to.deep.equal([
      "rgb(255, 255, 255)",
      "rgb(15, 20, 25)",
    ]);
  });

  it("tells the same with scripts switched off, folds included", async () => {
    const { page } = await open("many", { javaScriptEnabled: false });
    const fold = page.locator("summary").first();
    const folded = page.locator("details").first().locator("code").first();
    expect(await folded.isVisible()).to.equal(false);
    await fold.press("Enter");
    expect(await folded.isVisible()).to.equal(true);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).to.match(
      /^Not so: \d+ claims/,
    );
  });

  it("can be used with the keyboard alone: the first stop leads past the menu, and every stop is seen", async () => {
    const { page } = await open("refuted");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "To the content" });
    expect((await measure(page, "focus")).text).to.equal("A #content To the content");
    expect((await skip.boundingBox())!.x).to.be.at.least(0);
    await page.keyboard.press("Enter");
    expect((await measure(page, "focus")).id).to.equal("content");
    const stops = await page.locator("a, summary").count();
    const seen = new Set<string>();
    for (let press = 0; press < stops; press += 1) {
      await page.keyboard.press("Tab");
      const { outline, text } = await measure(page, "focus");
      if (text.startsWith("BODY")) break;
      expect(outline, text).to.equal("solid");
      seen.add(text);
    }
    expect([...seen].join())
      .to.contain("#claim-N1")
      .and.contain("#assumption-1");
  });

  it("says what does not hold before anything is scrolled or unfolded, in words", async () => {
    const { page } = await open("refuted");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).to.match(/refuted/);
    const finding = page.locator(".finding").first();
    expect(await finding.innerText())
      .to.contain("TemporaryRdp")
      .and.match(/packet\s+Tcp .*:3389 \(Inbound\)/);
  });
});
