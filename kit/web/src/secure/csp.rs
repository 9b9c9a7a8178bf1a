use std::collections::BTreeMap;

/// What a page may load. Strict by itself (only from this server, no inline script or style, no frames elsewhere); a
/// page that needs more says exactly what: `html(page).csp(Csp::new().frame("https://player.example"))`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Csp {
    more: BTreeMap<&'static str, Vec<String>>,
    frame_ancestors: Option<Vec<String>>,
    sandbox: Option<&'static str>,
}

/// The directives of every page, and what they allow.
const BASE: &[(&str, &str)] = &[
    ("default-src", "'self'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: blob:"),
    ("media-src", "'self' blob:"),
    ("frame-src", "'self'"),
    ("connect-src", "'self'"),
    ("font-src", "'self'"),
    ("worker-src", "'self'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
];

impl Csp {
    /// Nothing beyond the server's own.
    pub fn new() -> Self {
        Self::default()
    }

    /// Frames from this origin, or `blob:`.
    pub fn frame(self, source: &str) -> Self {
        self.with("frame-src", source)
    }

    /// Pictures from this origin, or `https:`.
    pub fn image(self, source: &str) -> Self {
        self.with("img-src", source)
    }

    /// Sound and video from this origin.
    pub fn media(self, source: &str) -> Self {
        self.with("media-src", source)
    }

    /// Requests of scripts to this origin.
    pub fn connect(self, source: &str) -> Self {
        self.with("connect-src", source)
    }

    /// Workers from this source, e.g. `blob:`.
    pub fn worker(self, source: &str) -> Self {
        self.with("worker-src", source)
    }

    /// Scripts compiled to WebAssembly.
    pub fn wasm(self) -> Self {
        self.with("script-src", "'wasm-unsafe-eval'")
    }

    /// Forms that are sent to this origin, e.g. the launch of a tool.
    pub fn form(self, source: &str) -> Self {
        self.with("form-action", source)
    }

    /// The sites that may show this page in a frame, instead of this server only.
    pub fn framed_by(mut self, origin: &str) -> Self {
        if is_source(origin) {
            self.frame_ancestors.get_or_insert_default().push(origin.to_owned());
        }
        self
    }

    /// A document that is not ours: no scripts of this origin, no access to its storage. `allowed` is what a sandbox
    /// may do: `allow-scripts`, or nothing.
    pub fn sandbox(mut self, allowed: &'static str) -> Self {
        self.sandbox = Some(allowed);
        self
    }

    fn with(mut self, directive: &'static str, source: &str) -> Self {
        if is_source(source) {
            self.more.entry(directive).or_default().push(source.to_owned());
        } else {
            tracing::error!(directive, source, "this is no source of a content security policy");
        }
        self
    }

    /// The header's value.
    pub(crate) fn header(&self, importmap: &str) -> String {
        let mut parts: Vec<String> = Vec::with_capacity(BASE.len() + 2);
        for (directive, allowed) in BASE {
            let mut part = format!("{directive} {allowed}");
            if *directive == "script-src" {
                part.push_str(&format!(" {importmap}"));
            }
            for source in self.more.get(directive).into_iter().flatten() {
                part.push_str(&format!(" {source}"));
            }
            parts.push(part);
        }
        let ancestors =
            self.frame_ancestors.as_ref().map_or_else(|| "'self'".to_owned(), |a| format!("'self' {}", a.join(" ")));
        parts.push(format!("frame-ancestors {ancestors}"));
        if let Some(allowed) = self.sandbox {
            parts.push(format!("sandbox {allowed}").trim_end().to_owned());
        }
        parts.join("; ")
    }
}

/// One source, which cannot end its directive and begin another.
fn is_source(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b';' | b',' | b'"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_adds_exactly_what_it_names() {
        let policy = Csp::new().frame("https://player.example").header("'sha256-x'");
        assert!(policy.contains("frame-src 'self' https://player.example;"), "{policy}");
        assert!(policy.contains("script-src 'self' 'sha256-x';"));
        assert!(policy.ends_with("frame-ancestors 'self'"));
        assert!(!policy.contains("unsafe"));
    }

    #[test]
    fn a_source_cannot_smuggle_a_directive() {
        let policy = Csp::new().frame("https://a; script-src *").framed_by("* 'self'").header("x");
        assert_eq!(policy, Csp::new().header("x"));
    }

    #[test]
    fn a_foreign_document_is_boxed_in() {
        assert!(Csp::new().sandbox("").header("x").ends_with("; sandbox"));
        assert!(Csp::new().sandbox("allow-scripts").header("x").ends_with("; sandbox allow-scripts"));
    }
}
