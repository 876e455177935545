import type { Format } from "./command-line";
import { jsonText } from "./formats/json";
import { markdownText } from "./formats/markdown";
import { sarifText } from "./formats/sarif";
import { pageText } from "./html/page";
import type { Report } from "./proof-report";

/** The report in one of its forms. The same report is the same bytes. */
export function render(report: Report, format: Format, projectFile: string): string {
  switch (format) {
    case "json":
      return jsonText(report);
    case "sarif":
      return sarifText(report, projectFile);
    case "markdown":
      return markdownText(report);
    case "html":
      return pageText(report);
  }
}
