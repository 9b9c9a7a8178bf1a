//! How questions and a whole quiz worked (campus-rules M15). These are measures, not grades: they are worked out in
//! floating point and shown with a few places.

/// Discrimination below this many percent is weak.
pub const WEAK_PERCENT: f64 = 20.0;

/// One question over all attempts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfQuestion {
    /// How many attempts had it.
    pub attempts: usize,
    /// The mean mark, in percent of the most.
    pub facility: f64,
    /// The spread of the marks, in percent of the most; none for one attempt.
    pub spread: Option<f64>,
    /// How well it goes along with the rest, -100 to 100; none where nothing varies.
    pub discrimination: Option<f64>,
    /// The same, of what was possible with these marks.
    pub efficiency: Option<f64>,
    /// Its part of the points, in percent.
    pub intended_weight: f64,
    /// Its part of what makes the totals differ, in percent.
    pub effective_weight: Option<f64>,
}

/// What stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Who does well elsewhere does badly here: the key may be wrong.
    Miskeyed,
    /// It hardly tells who does well.
    Weak,
    /// Nearly everybody has it right.
    Easy,
    /// Hardly anybody has it right.
    Hard,
}

impl OfQuestion {
    /// What stands out.
    pub fn flag(&self) -> Option<Flag> {
        match self.discrimination {
            Some(index) if index < 0.0 => Some(Flag::Miskeyed),
            _ if self.attempts >= 2 && self.facility >= 95.0 => Some(Flag::Easy),
            _ if self.attempts >= 2 && self.facility <= 5.0 => Some(Flag::Hard),
            Some(index) if index < WEAK_PERCENT => Some(Flag::Weak),
            _ => None,
        }
    }
}

/// A whole quiz over all attempts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfQuiz {
    /// How many attempts there are.
    pub attempts: usize,
    /// The mean of the totals, in points.
    pub mean: f64,
    /// The middle of the totals, in points.
    pub median: f64,
    /// Their spread, in points; none for one attempt.
    pub spread: Option<f64>,
    /// How lopsided they are; none below three attempts, or where nothing varies.
    pub skewness: Option<f64>,
    /// How heavy their tails are; none below four attempts, or where nothing varies.
    pub kurtosis: Option<f64>,
    /// How well the questions measure the same thing (Cronbach's alpha), in percent; none below two questions or attempts.
    pub consistency: Option<f64>,
    /// How much of the spread is chance, in percent.
    pub error_ratio: Option<f64>,
    /// By how much a total may be off by chance, in points.
    pub standard_error: Option<f64>,
    /// The questions, in their order.
    pub questions: Vec<OfQuestion>,
}

/// Works it out. `marks`: for each attempt the points of each question; `most`: the points that each question may earn.
/// Rows of another length are passed over.
pub fn statistics(marks: &[Vec<f64>], most: &[f64]) -> OfQuiz {
    let rows: Vec<&Vec<f64>> = marks.iter().filter(|row| row.len() == most.len()).collect();
    let totals: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<f64>>();
    let all: f64 = most.iter().sum();
    let roots: Vec<Option<f64>> =
        (0..most.len()).map(|at| covariance(&column(at), &totals).filter(|cov| *cov >= 0.0).map(f64::sqrt)).collect();
    let roots_sum: f64 = roots.iter().flatten().sum();
    let of_question = |at: usize| {
        let own = column(at);
        let others: Vec<f64> = own.iter().zip(&totals).map(|(own, total)| total - own).collect();
        let share = |value: f64| if most[at] > 0.0 { 100.0 * value / most[at] } else { 0.0 };
        OfQuestion {
            attempts: own.len(),
            facility: share(mean(&own)),
            spread: covariance(&own, &own).map(|variance| share(variance.sqrt())),
            discrimination: correlation(&own, &others),
            efficiency: efficiency(&own, &others),
            intended_weight: if all > 0.0 { 100.0 * most[at] / all } else { 0.0 },
            effective_weight: roots[at].filter(|_| roots_sum > 0.0).map(|root| 100.0 * root / roots_sum),
        }
    };
    let consistency = alpha(&(0..most.len()).map(column).collect::<Vec<_>>(), &totals);
    let spread = covariance(&totals, &totals).map(f64::sqrt);
    let error_ratio = consistency.map(|consistency| 100.0 * (1.0 - consistency / 100.0).max(0.0).sqrt());
    OfQuiz {
        attempts: totals.len(),
        mean: mean(&totals),
        median: median(&totals),
        spread,
        skewness: skewness(&totals),
        kurtosis: kurtosis(&totals),
        consistency,
        error_ratio,
        standard_error: error_ratio.zip(spread).map(|(ratio, spread)| ratio * spread / 100.0),
        questions: (0..most.len()).map(of_question).collect(),
    }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}

/// None below two values.
fn covariance(a: &[f64], b: &[f64]) -> Option<f64> {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum: f64 = a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum();
    (a.len() >= 2).then(|| sum / (a.len() - 1) as f64)
}

fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let under = (covariance(a, a)? * covariance(b, b)?).sqrt();
    (under > f64::EPSILON).then(|| 100.0 * covariance(a, b).unwrap_or(0.0) / under)
}

/// Of the most that both could go along with each other: both sorted.
fn efficiency(a: &[f64], b: &[f64]) -> Option<f64> {
    let sorted = |values: &[f64]| {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        values
    };
    let most = covariance(&sorted(a), &sorted(b))?;
    (most.abs() > f64::EPSILON).then(|| 100.0 * covariance(a, b).unwrap_or(0.0) / most)
}

fn alpha(columns: &[Vec<f64>], totals: &[f64]) -> Option<f64> {
    let whole = covariance(totals, totals).filter(|variance| *variance > f64::EPSILON)?;
    let parts: f64 = columns.iter().filter_map(|column| covariance(column, column)).sum();
    let count = columns.len() as f64;
    (columns.len() >= 2).then(|| 100.0 * count / (count - 1.0) * (1.0 - parts / whole))
}

fn moment(values: &[f64], power: i32) -> f64 {
    let middle = mean(values);
    mean(&values.iter().map(|value| (value - middle).powi(power)).collect::<Vec<_>>())
}

/// The third k-statistic over the second.
fn skewness(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let k2 = covariance(values, values).filter(|variance| *variance > f64::EPSILON)?;
    (values.len() >= 3).then(|| n * n / ((n - 1.0) * (n - 2.0)) * moment(values, 3) / k2.powf(1.5))
}

/// The fourth k-statistic over the second.
fn kurtosis(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let k2 = covariance(values, values).filter(|variance| *variance > f64::EPSILON)?;
    let inner = (n + 1.0) * moment(values, 4) - 3.0 * (n - 1.0) * moment(values, 2).powi(2);
    (values.len() >= 4).then(|| n * n / ((n - 1.0) * (n - 2.0) * (n - 3.0)) * inner / (k2 * k2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: Option<f64>, wanted: f64) {
        assert!(value.is_some_and(|value| (value - wanted).abs() < 0.005), "{value:?} is not {wanted}");
    }

    /// Three questions of 1, 1 and 2 points, four attempts; worked by hand.
    ///
    /// ```text
    ///         q1  q2  q3   total
    /// Ana      1   1   2       4
    /// Ben      1   0   1       2
    /// Cleo     0   0   1       1
    /// Dan      1   1   0       2      mean 2.25, deviations 1.75 -0.25 -1.25 -0.25
    /// ```
    /// var(total) = (3.0625 + 0.0625 + 1.5625 + 0.0625) / 3 = 4.75 / 3 = 1.58333; its root is 1.25831.
    /// q1: mean 3/4, var = 0.75 / 3 = 0.25; others 3 1 1 1, mean 1.5, var = (2.25 + 3 x 0.25) / 3 = 1;
    ///     cov = (0.25 x 1.5 + 0.25 x -0.5 + -0.75 x -0.5 + 0.25 x -0.5) / 3 = 0.5 / 3 = 0.16667; index = 33.33;
    ///     sorted 0 1 1 1 with 1 1 1 3: the same 0.16667, so that the efficiency is 100.
    /// q2: mean 1/2, var = 1/3; q3: mean 1, var = 2/3. The variances sum to 0.25 + 0.33333 + 0.66667 = 1.25.
    /// alpha = 3/2 x (1 - 1.25 / 1.58333) = 0.31579. Error ratio = root of 0.68421 = 0.82717; error 1.04083 points.
    /// Covariances with the total: q1 0.25 + 0.16667 = 0.41667; q2: others 3 2 1 1, mean 1.75,
    ///     cov = 0.5 x (1.25 - 0.25 + 0.75 - 0.75) / 3 = 0.16667, with itself 0.5; q3: others 2 1 0 2, mean 1.25,
    ///     cov = (1 x 0.75 + 0 + 0 - 1 x 0.75) / 3 = 0, with itself 0.66667.
    /// Roots 0.64550 + 0.70711 + 0.81650 = 2.16910: weights 29.76, 32.60, 37.64.
    #[test]
    fn an_example_worked_by_hand() {
        let marks = [vec![1.0, 1.0, 2.0], vec![1.0, 0.0, 1.0], vec![0.0, 0.0, 1.0], vec![1.0, 1.0, 0.0]];
        let all = statistics(&marks, &[1.0, 1.0, 2.0]);
        assert_eq!((all.attempts, all.mean, all.median), (4, 2.25, 2.0));
        near(all.spread, 1.258_31);
        near(all.consistency, 31.579);
        near(all.error_ratio, 82.717);
        near(all.standard_error, 1.040_83);
        let [q1, q2, q3] = all.questions.as_slice() else { unreachable!() };
        for (value, wanted) in [(q1.facility, 75.0), (q2.facility, 50.0), (q3.facility, 50.0)] {
            near(Some(value), wanted);
        }
        for (value, wanted) in [(q1.intended_weight, 25.0), (q3.intended_weight, 50.0)] {
            near(Some(value), wanted);
        }
        near(q1.spread, 50.0);
        near(q1.discrimination, 33.333);
        near(q1.efficiency, 100.0);
        near(q3.discrimination, 0.0);
        near(q1.effective_weight, 29.759);
        near(q2.effective_weight, 32.599);
        near(q3.effective_weight, 37.642);
        assert_eq!((q1.flag(), q3.flag()), (None, Some(Flag::Weak)));
        // Deviations to the third: (5.35938 - 0.01563 - 1.95313 - 0.01563) / 4 = 0.84375; 16/6 x that / 1.99233 = 1.12933.
        near(all.skewness, 1.129_33);
        // To the fourth: (9.37891 + 2 x 0.00391 + 2.44141) / 4 = 2.95703; 16/6 x (5 x 2.95703 - 9 x 1.41016) / 2.50694.
        near(all.kurtosis, 2.227_1);
    }

    #[test]
    fn what_cannot_be_said_is_not_said() {
        let one = statistics(&[vec![1.0, 0.0]], &[1.0, 1.0]);
        assert_eq!((one.spread, one.consistency, one.questions[0].discrimination), (None, None, None));
        let same = statistics(&[vec![1.0, 1.0], vec![1.0, 1.0]], &[1.0, 1.0]);
        assert_eq!((same.consistency, same.questions[0].discrimination, same.skewness), (None, None, None));
        assert_eq!(same.questions[0].flag(), Some(Flag::Easy));
        assert_eq!(statistics(&[], &[1.0]).attempts, 0);
        assert_eq!(statistics(&[vec![1.0]], &[]).questions, []);
        let wrong = statistics(&[vec![1.0, 0.0], vec![0.0, 1.0], vec![0.0, 2.0]], &[1.0, 2.0]);
        assert_eq!(wrong.questions[0].flag(), Some(Flag::Miskeyed));
    }
}
