// A source document in the panel, all that it mentions marked.
function showDocument(it) {
  const about = [it.source, it.published].filter(Boolean).join(" · ");
  const text = put("div", "text", ...markText(it.text, it.mentions, markMention));
  const passage = data.passages.find((other) => data.documents[other.document] === it && other.start === state.at);
  openPanel(
    makeHead("Document", nameDocument(it), about && make("p", about, "soft"), leadToSource(it.url)),
    put("div", "actions", makePress("Only this document", state.only === it.curie,
      () => change({ only: state.only === it.curie ? "" : it.curie }))),
    it.text ? text : make("p", "Its text is not in this file.", "soft"),
    !it.text && put("ul", "plain", ...listPassages(it)),
    served && makeLead(it.curie.slice(it.curie.indexOf(":") + 1), "Its own page"),
  );
  if (passage) pointOut(text, passage);
}

const listPassages = (it) => data.passages.filter((other) => data.documents[other.document] === it)
  .map((passage) => make("li", passage.text));

function leadToSource(url) {
  if (!/^https?:\/\//u.test(url)) return null;
  const link = make("a", shorten(url, 60));
  link.href = url;
  link.rel = "noreferrer noopener";
  link.target = "_blank";
  return link;
}

function markMention(words, id) {
  const mark = makeMarked(words, id);
  mark.title = `${tellNode(nodes[id])}, ${nodes[id].kind}`;
  mark.addEventListener("click", () => chooseNode(nodes[id]));
  return mark;
}

// Underlines the sentence that was asked for, and scrolls to it.
function pointOut(text, { start, end }) {
  let at = 0;
  const inside = [];
  for (const part of [...text.childNodes]) {
    const letters = [...part.textContent];
    const [from, to] = [Math.max(0, start - at), Math.min(letters.length, end - at)];
    at += letters.length;
    if (from >= to) continue;
    inside.push(part.nodeType === Node.TEXT_NODE ? cutOut(part, letters, from, to) : part);
  }
  for (const part of inside) part.classList.add("asked");
  inside[0]?.scrollIntoView({ block: "center" });
}

function cutOut(part, letters, from, to) {
  const piece = make("span", letters.slice(from, to).join(""));
  part.replaceWith(letters.slice(0, from).join(""), piece, letters.slice(to).join(""));
  return piece;
}
