//! Takes off what editors of other systems leave in a text without meaning: boxes in boxes, empty paragraphs, marks of
//! their own, styles that stand for emphasis. What one reads stays, and how it hangs together.

use std::rc::Rc;

use markup5ever_rcdom::Handle;

use crate::convert::is_block;
use crate::dom;
use crate::safe::CLASSES;

/// Tidies a text in place. Classes, alignment and formulas that are kept have been marked before.
pub(crate) fn tidy(root: &Handle) {
    drop_artefacts(root);
    let shift = dom::descendants(root).iter().any(|node| dom::tag(node) == Some("h1"));
    // What is inside comes before what is around it.
    for node in dom::descendants(root).iter().rev() {
        let Some(tag) = dom::tag(node).map(str::to_owned) else { continue };
        keep_known_classes(node);
        match tag.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" if shift => {
                let level = tag.as_bytes()[1] - b'0' + 1;
                drop_if_empty(&dom::rename(node, &format!("h{level}")));
            }
            "span" | "font" | "big" => plain_words(node),
            "a" => anchor(node),
            "ul" | "ol" => list(node),
            "td" | "th" => cell(node),
            "p" => paragraph(node),
            // Emphasis within emphasis of the same sort says nothing more.
            "strong" | "b" if dom::is_inside(node, &["strong", "b"]) => dom::unwrap(node),
            "strong" | "b" if only_child(node, &["em", "i"]).is_some() => turned(node),
            "em" | "i" if dom::is_inside(node, &["em", "i"]) => dom::unwrap(node),
            "del" | "s" | "strike" if dom::is_inside(node, &["del", "s", "strike"]) => dom::unwrap(node),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "strong" | "em" | "b" | "i" | "u" | "li" | "blockquote"
            | "sup" | "sub" | "figcaption" => drop_if_empty(node),
            _ if is_box(&tag) => unbox(node),
            _ => {}
        }
    }
}

fn keep_known_classes(node: &Handle) {
    let Some(classes) = dom::attr(node, "class") else { return };
    let known: Vec<&str> = classes.split_whitespace().filter(|class| CLASSES.contains(class)).collect();
    if known.is_empty() {
        dom::drop_attr(node, "class");
    } else {
        dom::set_attr(node, "class", &known.join(" "));
    }
}

fn is_box(tag: &str) -> bool {
    matches!(
        tag,
        "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "aside"
            | "main"
            | "nav"
            | "center"
            | "hgroup"
            | "address"
    )
}

/// Words and signs that Canvas adds to links for its own pages, and what MathJax draws beside its source.
fn drop_artefacts(root: &Handle) {
    let nodes = dom::descendants(root);
    let has_source = nodes.iter().any(|node| dom::attr(node, "data-math").is_some());
    for node in &nodes {
        let in_link = || dom::is_inside(node, &["a"]);
        let is_artefact = dom::has_class(
            node,
            &["ui-icon-extlink", "external_link_icon", "file_preview_link", "media_comment_thumbnail"],
        ) || (dom::has_class(node, &["screenreader-only"])
            && in_link()
            && dom::tag(node) == Some("span"))
            || (has_source
                && dom::has_class(node, &["MathJax", "MathJax_Preview", "MathJax_Display", "MJX_Assistive_MathML"]));
        if is_artefact {
            dom::remove(node);
        }
    }
}

/// Whether an element shows nothing: no words, no picture, no player, no line.
fn is_empty(node: &Handle) -> bool {
    dom::text(node).trim().is_empty()
        && !dom::descendants(node).iter().chain([node]).any(|inner| {
            matches!(
                dom::tag(inner),
                Some(
                    "img"
                        | "video"
                        | "audio"
                        | "hr"
                        | "table"
                        | "math"
                        | "input"
                        | "iframe"
                        | "object"
                        | "embed"
                        | "svg"
                )
            ) || dom::attr(inner, "id").is_some_and(|id| id.starts_with(PLACE))
        })
}

/// What the ids of places begin with that something in the text leads to.
pub(crate) const PLACE: &str = "t-";

fn drop_if_empty(node: &Handle) {
    if is_empty(node) {
        // The words on both sides stay apart.
        let blank = if dom::text(node).is_empty() { Vec::new() } else { vec![dom::words(" ")] };
        dom::replace(node, blank);
    }
}

fn only_child(node: &Handle, tags: &[&str]) -> Option<Handle> {
    let children = node.children.borrow();
    match children.as_slice() {
        [only] if dom::tag(only).is_some_and(|tag| tags.contains(&tag)) => Some(only.clone()),
        _ => None,
    }
}

/// Both emphases at once have one order, that of Markdown.
fn turned(node: &Handle) {
    if let Some(inner) = only_child(node, &["em", "i"]) {
        let strong = dom::element("strong", inner.children.take());
        dom::replace(node, vec![dom::element("em", vec![strong])]);
    }
}

/// Whether an element says something by an attribute.
fn has_meaning(node: &Handle) -> bool {
    says_more(node) || dom::attr(node, "id").is_some_and(|id| id.starts_with(PLACE))
}

/// Whether it says more than where it is.
fn says_more(node: &Handle) -> bool {
    dom::has_class(node, CLASSES) || ["lang", "dir", "data-math"].iter().any(|name| dom::attr(node, name).is_some())
}

/// `<span style="font-weight: bold">` is emphasis; a span without meaning goes and leaves its words.
fn plain_words(node: &Handle) {
    let style = dom::attr(node, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let has = |wanted: &[&str]| wanted.iter().any(|wanted| style.split(';').any(|part| part == *wanted));
    let mut marks = Vec::new();
    if has(&["font-weight:bold", "font-weight:bolder", "font-weight:700", "font-weight:800", "font-weight:900"])
        && !dom::is_inside(node, &["strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
    {
        marks.push("strong");
    }
    if has(&["font-style:italic"]) && !dom::is_inside(node, &["em", "i"]) {
        marks.push("em");
    }
    if has(&["text-decoration:line-through"]) {
        marks.push("del");
    }
    if has_meaning(node) || (marks.is_empty() && is_unmarked_block_holder(node)) {
        return;
    }
    if is_empty(node) || marks.is_empty() {
        dom::unwrap(node);
        return;
    }
    let mut inner = node.children.take();
    for mark in marks {
        inner = vec![dom::element(mark, inner)];
    }
    dom::replace(node, inner);
}

/// A span around blocks is left to the parser of the reader.
fn is_unmarked_block_holder(node: &Handle) -> bool {
    dom::tag(node) == Some("span")
        && node.children.borrow().iter().any(|child| dom::tag(child).is_some_and(is_block_like))
        && !dom::parent_tag(node).as_deref().is_some_and(|tag| is_box(tag) || tag == "html" || tag == "li")
}

/// A link without an address is a place where it has a name, else only words.
fn anchor(node: &Handle) {
    if dom::attr(node, "href").is_none() && !has_meaning(node) {
        dom::unwrap(node);
    } else if is_empty(node) && !has_meaning(node) {
        dom::remove(node);
    }
}

/// A list directly in a list belongs to the item before it; where there is none, it is the list.
fn list(node: &Handle) {
    let items: Vec<Handle> =
        node.children.borrow().iter().filter(|child| !dom::is_blank_text(child)).cloned().collect();
    if items.is_empty() {
        dom::remove(node);
        return;
    }
    let is_list = |child: &Handle| matches!(dom::tag(child), Some("ul" | "ol"));
    if items.iter().all(is_list) {
        dom::unwrap(node);
        return;
    }
    let mut last: Option<Handle> = None;
    for child in items {
        if let Some(item) = last.as_ref().filter(|_| is_list(&child)) {
            dom::remove(&child);
            child.parent.set(Some(Rc::downgrade(item)));
            item.children.borrow_mut().push(child);
        } else if dom::tag(&child) == Some("li") {
            last = Some(child);
        }
    }
}

/// The only paragraph of a cell or an item is the cell or the item itself.
fn cell(node: &Handle) {
    let inner: Vec<Handle> =
        node.children.borrow().iter().filter(|child| !dom::is_blank_text(child)).cloned().collect();
    if let [only] = inner.as_slice()
        && dom::tag(only) == Some("p")
        && !has_meaning(only)
    {
        dom::unwrap(only);
    }
}

/// Two line breaks begin a paragraph; one at an end shows nothing.
fn paragraph(node: &Handle) {
    if is_empty(node) {
        dom::remove(node);
        return;
    }
    let children = node.children.take();
    let mut parts: Vec<Vec<Handle>> = vec![Vec::new()];
    let mut breaks: Vec<Handle> = Vec::new();
    for child in children {
        let is_break = dom::tag(&child) == Some("br");
        if is_break || (!breaks.is_empty() && dom::is_blank_text(&child)) {
            breaks.push(child);
            continue;
        }
        let count = breaks.iter().filter(|one| dom::tag(one) == Some("br")).count();
        let pause = std::mem::take(&mut breaks);
        match parts.last_mut() {
            Some(last) if count == 1 && !last.is_empty() => last.extend(pause),
            Some(last) if count > 1 && !last.is_empty() => parts.push(Vec::new()),
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(child);
        }
    }
    let class = dom::attr(node, "class");
    let made = parts.into_iter().filter(|part| !part.is_empty()).map(|part| {
        let made = dom::element("p", part);
        for (name, value) in
            [("class", class.clone()), ("lang", dom::attr(node, "lang")), ("dir", dom::attr(node, "dir"))]
        {
            if let Some(value) = value {
                dom::set_attr(&made, name, &value);
            }
        }
        made
    });
    let made: Vec<Handle> = made.collect();
    if let Some((first, id)) = made.first().zip(dom::attr(node, "id")) {
        dom::set_attr(first, "id", &id);
    }
    dom::replace(node, made);
}

fn is_block_like(tag: &str) -> bool {
    is_block(tag)
        || matches!(
            tag,
            "ul" | "ol"
                | "dl"
                | "table"
                | "blockquote"
                | "pre"
                | "hr"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "details"
                | "video"
                | "audio"
        )
}

/// A box without meaning goes: what it holds becomes paragraphs, and its alignment theirs.
fn unbox(node: &Handle) {
    if is_empty(node) {
        dom::remove(node);
        return;
    }
    let aligned = dom::attr(node, "class").filter(|class| class.starts_with("align-"));
    let aligned = aligned.or_else(|| (dom::tag(node) == Some("center")).then(|| "align-center".to_owned()));
    if says_more(node) && aligned.is_none() {
        return;
    }
    let has_blocks = node.children.borrow().iter().any(|child| dom::tag(child).is_some_and(is_block_like));
    // The words of an item or a cell need no paragraph, where they are all that it holds.
    let only = dom::parent(node).is_some_and(|above| {
        matches!(dom::tag(&above), Some("li" | "td" | "th" | "dd" | "dt" | "figcaption" | "summary"))
            && above.children.borrow().iter().filter(|child| !dom::is_blank_text(child)).count() == 1
    });
    if !has_blocks && only && aligned.is_none() && !has_meaning(node) {
        dom::unwrap(node);
        return;
    }
    let mut blocks: Vec<Handle> = Vec::new();
    let mut run: Vec<Handle> = Vec::new();
    let close = |run: &mut Vec<Handle>, blocks: &mut Vec<Handle>| {
        if run.iter().any(|one| !dom::is_blank_text(one)) {
            blocks.push(dom::element("p", std::mem::take(run)));
        }
        run.clear();
    };
    for child in node.children.take() {
        if dom::tag(&child).is_some_and(is_block_like) {
            close(&mut run, &mut blocks);
            blocks.push(child);
        } else {
            run.push(child);
        }
    }
    close(&mut run, &mut blocks);
    if let Some(class) = aligned {
        for block in &blocks {
            if dom::attr(block, "class").is_none() && dom::tag(block) != Some("table") {
                dom::set_attr(block, "class", &class);
            }
        }
    }
    if let Some((first, id)) = blocks.first().zip(dom::attr(node, "id").filter(|id| id.starts_with(PLACE)))
        && dom::attr(first, "id").is_none()
    {
        dom::set_attr(first, "id", &id);
    }
    let made: Vec<Handle> = blocks.iter().filter(|block| dom::tag(block) == Some("p")).cloned().collect();
    dom::replace(node, blocks);
    for one in made {
        paragraph(&one);
    }
}

#[cfg(test)]
mod tests {
    use crate::html::clean;

    fn tidied(html: &str) -> String {
        clean(html).html
    }

    #[test]
    fn boxes_and_marks_of_editors_go_and_words_stay() {
        for (html, expected) in [
            ("<div><div><p>a</p>b <b>c</b></div></div>", "<p>a</p><p>b <b>c</b></p>"),
            ("<div>one</div><div>two</div>", "<p>one</p><p>two</p>"),
            ("<p>&nbsp;</p><p><span></span></p><p>a</p>", "<p>a</p>"),
            ("<p>a<br><br>b<br></p>", "<p>a</p><p>b</p>"),
            ("<p>a<br>b</p>", "<p>a<br>b</p>"),
            ("<ul><ul><li>a</li></ul></ul>", "<ul><li>a</li></ul>"),
            ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
            (
                "<p><span style='font-weight: bold'>a</span><span style='color:red'>b</span></p>",
                "<p><strong>a</strong>b</p>",
            ),
            ("<ul><li><div>a</div></li></ul>", "<ul><li>a</li></ul>"),
            ("<center>a</center>", "<p class=\"align-center\">a</p>"),
            (
                "<div style='text-align: center'><p>a</p><h2>b</h2></div>",
                "<p class=\"align-center\">a</p><h2 class=\"align-center\" id=\"h-b\">b</h2>",
            ),
            ("<h1>a</h1><h2>b</h2>", "<h2 id=\"h-a\">a</h2><h3 id=\"h-b\">b</h3>"),
            ("<p>a<strong> </strong>b</p>", "<p>a b</p>"),
        ] {
            assert_eq!(tidied(html), expected, "{html}");
        }
    }

    #[test]
    fn what_canvas_adds_to_links_goes() {
        let html = "<p><a class=\"external\" href=\"https://e.example/\"><span>Film<span class=\"screenreader-only\"> (Links to an external site.)</span></span><span class=\"ui-icon ui-icon-extlink\" title=\"Links to an external site.\"><span class=\"screenreader-only\">Links to an external site.</span></span></a><a class=\"youtubed\" href=\"https://e.example/\"><img class=\"media_comment_thumbnail\" src=\"https://e.example/play.png\"></a></p>";
        assert_eq!(tidied(html), "<p><a href=\"https://e.example/\" rel=\"noopener noreferrer\">Film</a></p>");
    }

    #[test]
    fn places_that_something_leads_to_are_kept() {
        let html = "<p><a href=\"#end\">down</a> <a href=\"#named\">name</a></p><div id=\"end\">here</div><p id=\"other\">x</p><a name=\"named\"></a><h2>Top</h2><p><a href=\"#top\">up</a></p>";
        assert_eq!(
            tidied(html),
            "<p><a href=\"#t-end\" rel=\"noopener noreferrer\">down</a> <a href=\"#t-named\" rel=\"noopener noreferrer\">name</a></p><p id=\"t-end\">here</p><p>x</p><a id=\"t-named\" rel=\"noopener noreferrer\"></a><h2 id=\"h-top\">Top</h2><p><a href=\"#h-top\" rel=\"noopener noreferrer\">up</a></p>"
        );
    }
}
