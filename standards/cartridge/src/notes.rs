//! Values out of XML, with a finding for each that is not what it should be.

use crate::finding::Findings;
use crate::manifest::truth;
use crate::xml::Node as Xml;
use crate::{Finding, FindingCode, Moment, Severity};

/// Reads values for one resource or file and notes what is wrong with them.
pub(crate) struct Notes<'f> {
    pub(crate) findings: &'f mut Findings,
    /// Whom the findings concern.
    pub(crate) of: String,
}

impl<'f> Notes<'f> {
    pub(crate) fn new(findings: &'f mut Findings, of: &str) -> Self {
        Self { findings, of: of.to_owned() }
    }

    pub(crate) fn note(&mut self, severity: Severity, code: FindingCode, message: String) {
        self.findings.push(Finding::new(severity, code, message).of(&self.of));
    }

    /// A date; one that is none is noted and left out.
    pub(crate) fn date(&mut self, node: Xml<'_>, name: &str) -> Option<Moment> {
        let text = node.value(name)?;
        let moment = Moment::parse(text);
        if moment.is_none() {
            self.note(Severity::Warning, FindingCode::BadDate, format!("{name} is {text:?}, which is no date"));
        }
        moment
    }

    /// A number; one that is none is noted and left out.
    pub(crate) fn number<T: std::str::FromStr>(&mut self, node: Xml<'_>, name: &str) -> Option<T> {
        self.parsed(name, node.value(name)?)
    }

    /// The number in a text.
    pub(crate) fn parsed<T: std::str::FromStr>(&mut self, name: &str, text: &str) -> Option<T> {
        let number = text.trim().parse().ok();
        if number.is_none() {
            self.note(Severity::Warning, FindingCode::BadNumber, format!("{name} is {text:?}, which is no number"));
        }
        number
    }
}

/// A finite number of points; `None` for `NaN` and infinities, which Rust would read.
pub(crate) fn finite(number: Option<f64>) -> Option<f64> {
    number.filter(|number| number.is_finite())
}

/// `true` or `false`.
pub(crate) fn flag(node: Xml<'_>, name: &str) -> Option<bool> {
    node.value(name).and_then(truth)
}

/// A text that may be missing.
pub(crate) fn text(node: Xml<'_>, name: &str) -> Option<String> {
    node.value(name).map(str::to_owned)
}
