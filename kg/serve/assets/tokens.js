// SPARQL cut into tokens, for colours and completion; the server's parser is the judge of it.

const TOKENS = [
  ["comment", /#[^\n]*/y],
  ["literal", /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/y],
  ["name", /<[^<>"{}|^`\\\s]*>/y],
  ["variable", /[?$][\p{L}\p{N}_]+/uy],
  ["name", /[\p{L}][\p{L}\p{N}_.-]*:[\p{L}\p{N}_.%/-]*|:[\p{L}\p{N}_/-]+/uy],
  ["literal", /[+-]?\d+(?:\.\d+)?/y],
  ["word", /[\p{L}_]+/uy],
  ["space", /\s+/y],
  ["mark", /[^]/uy],
];

export const KEYWORDS = new Set((
  "ABS AS ASC ASK AVG BASE BIND BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY DESC DESCRIBE "
  + "DISTINCT EXISTS FILTER FLOOR GRAPH GROUP GROUP_CONCAT HAVING HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC "
  + "LANG LANGMATCHES LCASE LIMIT MAX MIN MINUS MONTH NOT NOW OFFSET OPTIONAL ORDER PREFIX REDUCED REGEX REPLACE ROUND "
  + "SAMETERM SAMPLE SELECT SEPARATOR STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS SUBSTR SUM TRUE "
  + "FALSE UCASE UNDEF UNION UUID VALUES WHERE YEAR").split(" "));

// All of `text` as [{ kind, text, start }], in order and without a gap.
export function tokenize(text) {
  const tokens = [];
  let start = 0;
  while (start < text.length) {
    const token = readToken(text, start);
    tokens.push(token);
    start += token.text.length;
  }
  return tokens;
}

function readToken(text, start) {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = start;
    const found = pattern.exec(text);
    if (found) return { kind: classify(kind, found[0]), text: found[0], start };
  }
  return { kind: "mark", text: text[start], start };
}

function classify(kind, text) {
  if (kind !== "word") return kind;
  return KEYWORDS.has(text.toUpperCase()) || text === "a" ? "keyword" : "word";
}

// The start of the token that line and column (from 1, columns in characters) point at, and its length.
export function locate(text, line, column) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, part) => sum + part.length + 1, 0);
  const within = [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
  const at = Math.min(before + within, text.length);
  const token = tokenize(text).find((item) => item.start <= at && at < item.start + item.text.length);
  return token && token.kind !== "space" ? { start: token.start, length: token.text.length } : { start: at, length: 1 };
}
