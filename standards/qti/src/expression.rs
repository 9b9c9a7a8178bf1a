//! Response, template and outcome processing as a tree that is executed (QTI 2.2 ASI, "Response
//! Processing" and "Expressions").

use crate::value::{BaseType, Scalar};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `baseValue`
    Value(BaseType, Scalar),
    /// `null`
    Null,
    /// `variable`; in a test with the weight to apply.
    Variable {
        /// The variable; in a test `ITEM.VARIABLE`.
        identifier: String,
        /// The weight, by name.
        weight: Option<String>,
    },
    /// `correct`: the right response.
    Correct(String),
    /// `default`: the value before any response.
    Default(String),
    /// `mapResponse`
    MapResponse(String),
    /// `mapResponsePoint`
    MapResponsePoint(String),
    /// An operator, its settings (the attributes as written), its operands.
    Apply(Operator, Vec<(String, String)>, Vec<Expression>),
    /// What is no operator of the specification and none that we know: executing it is an error.
    Unknown {
        /// The element or the class of a `customOperator`.
        name: String,
        /// It as written, names as in QTI 2.
        source: String,
    },
}

macro_rules! operators {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// The operators of QTI 2.0 to 3.0. Each is executed as its definition in the
        /// specification's chapter "Expressions" has it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the variants are the operators of the specification")]
        pub enum Operator { $($variant),* }

        impl Operator {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name of the element in QTI 2.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            pub(crate) fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

operators! {
    And "and", Or "or", Not "not", AnyN "anyN", Match "match", StringMatch "stringMatch",
    PatternMatch "patternMatch", Substring "substring", Equal "equal", EqualRounded "equalRounded",
    Inside "inside", Lt "lt", Gt "gt", Lte "lte", Gte "gte", DurationLt "durationLT", DurationGte "durationGTE",
    Sum "sum", Product "product", Subtract "subtract", Divide "divide", Power "power",
    IntegerDivide "integerDivide", IntegerModulus "integerModulus", Truncate "truncate", Round "round",
    RoundTo "roundTo", IntegerToFloat "integerToFloat", Max "max", Min "min", Gcd "gcd", Lcm "lcm",
    MathOperator "mathOperator", MathConstant "mathConstant", StatsOperator "statsOperator",
    Multiple "multiple", Ordered "ordered", ContainerSize "containerSize", IsNull "isNull", Index "index",
    FieldValue "fieldValue", Member "member", Delete "delete", Contains "contains", Repeat "repeat",
    Random "random", RandomInteger "randomInteger", RandomFloat "randomFloat",
    NumberCorrect "numberCorrect", NumberIncorrect "numberIncorrect", NumberPresented "numberPresented",
    NumberResponded "numberResponded", NumberSelected "numberSelected", TestVariables "testVariables",
    OutcomeMaximum "outcomeMaximum", OutcomeMinimum "outcomeMinimum",
    // The comparisons of QTI 1.2 that turn text into a number first.
    TextLt "vargt.lt", TextLte "vargt.lte", TextGt "vargt.gt", TextGte "vargt.gte", TextEqual "vargt.eq",
}

impl Operator {
    /// The class under which a comparison of QTI 1.2 is written as a `customOperator`; converters
    /// write the same classes.
    pub(crate) fn class(self) -> Option<&'static str> {
        Some(match self {
            Self::TextLt => "varlt",
            Self::TextLte => "varlte",
            Self::TextGt => "vargt",
            Self::TextGte => "vargte",
            Self::TextEqual => "varequal",
            _ => return None,
        })
    }

    pub(crate) fn of_class(class: &str) -> Option<Self> {
        let class = class.trim();
        Self::ALL.iter().copied().find(|operator| operator.class() == Some(class))
    }
}

/// A rule of response, template or outcome processing.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// `responseCondition` and its kin: the first branch whose condition is true, else the rest.
    Condition {
        /// `if` and `elseIf`.
        branches: Vec<(Expression, Vec<Rule>)>,
        /// `else`.
        otherwise: Vec<Rule>,
    },
    /// `setOutcomeValue`
    SetOutcome(String, Expression),
    /// `lookupOutcomeValue`
    Lookup(String, Expression),
    /// `setTemplateValue`
    SetTemplate(String, Expression),
    /// `setCorrectResponse`
    SetCorrect(String, Expression),
    /// `setDefaultValue`
    SetDefault(String, Expression),
    /// `templateConstraint`: template processing starts again while it is false.
    Constraint(Expression),
    /// `exitResponse`, `exitTemplate`, `exitTest`
    Exit,
    /// `responseProcessingFragment`: rules in their own group.
    Fragment(Vec<Rule>),
    /// What is no rule that we know, as written: executing it is an error.
    Unknown {
        /// The element.
        name: String,
        /// It as written, names as in QTI 2.
        source: String,
    },
}

impl Expression {
    /// A text or identifier as a constant.
    pub(crate) fn text(base: BaseType, text: &str) -> Self {
        Scalar::parse(base, text).map_or(Self::Null, |value| Self::Value(base, value))
    }

    pub(crate) fn number(number: f64) -> Self {
        Self::Value(BaseType::Float, Scalar::Float(number))
    }

    pub(crate) fn truth(value: bool) -> Self {
        Self::Value(BaseType::Boolean, Scalar::Boolean(value))
    }

    pub(crate) fn variable(identifier: &str) -> Self {
        Self::Variable { identifier: identifier.to_owned(), weight: None }
    }

    pub(crate) fn apply(operator: Operator, operands: Vec<Self>) -> Self {
        Self::Apply(operator, Vec::new(), operands)
    }

    /// Itself and everything below it.
    pub fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        if let Self::Apply(_, _, operands) = self {
            for operand in operands {
                operand.walk(visit);
            }
        }
    }
}

/// Visits every rule of a list, those inside others too.
pub(crate) fn walk_rules(rules: &[Rule], visit: &mut dyn FnMut(&Rule)) {
    for rule in rules {
        visit(rule);
        match rule {
            Rule::Condition { branches, otherwise } => {
                for (_, rules) in branches {
                    walk_rules(rules, visit);
                }
                walk_rules(otherwise, visit);
            }
            Rule::Fragment(rules) => walk_rules(rules, visit),
            _ => {}
        }
    }
}

/// Visits every expression of a list of rules.
pub(crate) fn walk_expressions(rules: &[Rule], visit: &mut dyn FnMut(&Expression)) {
    walk_rules(rules, &mut |rule| match rule {
        Rule::Condition { branches, .. } => {
            for (condition, _) in branches {
                condition.walk(visit);
            }
        }
        Rule::SetOutcome(_, value)
        | Rule::Lookup(_, value)
        | Rule::SetTemplate(_, value)
        | Rule::SetCorrect(_, value)
        | Rule::SetDefault(_, value)
        | Rule::Constraint(value) => value.walk(visit),
        Rule::Exit | Rule::Fragment(_) | Rule::Unknown { .. } => {}
    });
}
