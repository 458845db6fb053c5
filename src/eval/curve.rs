//! What share of documents can be accepted unseen: documents in the order of the doubt that their own records state.

/// How well one document's header was read, and how sure the record was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeaderRead {
    /// [`Record::doubt`](crate::Record::doubt).
    pub doubt: u32,
    /// How many header fields are right.
    pub right: usize,
    /// How many there were to read, or were read.
    pub fields: usize,
}

/// All documents whose doubt is at most one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The doubt.
    pub doubt: u32,
    /// How many documents have it or less.
    pub documents: usize,
    /// How many of their header fields are right.
    pub right: usize,
    /// How many header fields they have.
    pub fields: usize,
}

impl Step {
    /// The share of header fields that are right; 1 where there are none.
    pub fn rightness(self) -> f64 {
        if self.fields == 0 { 1.0 } else { self.right as f64 / self.fields as f64 }
    }
}

/// The steps of growing doubt, each with the documents of all steps before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curve {
    /// The steps, the surest first.
    pub steps: Vec<Step>,
}

impl Curve {
    pub(super) fn new(read: &[HeaderRead]) -> Curve {
        let mut read = read.to_vec();
        read.sort_by_key(|one| one.doubt);
        let mut steps: Vec<Step> = Vec::new();
        for one in read {
            let before = steps.last().copied().unwrap_or(Step { doubt: one.doubt, documents: 0, right: 0, fields: 0 });
            let step = Step {
                doubt: one.doubt,
                documents: before.documents + 1,
                right: before.right + one.right,
                fields: before.fields + one.fields,
            };
            match steps.last_mut() {
                Some(last) if last.doubt == one.doubt => *last = step,
                _ => steps.push(step),
            }
        }
        Curve { steps }
    }

    /// The last step up to which so large a share of header fields is right: its documents can be accepted unseen.
    ///
    /// ```
    /// assert_eq!(trich::eval::Curve::default().accepted_at(0.995), None);
    /// ```
    pub fn accepted_at(&self, share: f64) -> Option<Step> {
        self.steps.iter().copied().rev().find(|step| step.rightness() >= share)
    }

    /// The documents that no reason sends to review.
    pub fn unreviewed(&self) -> Option<Step> {
        self.steps.first().copied().filter(|step| step.doubt == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_stand_first() {
        let read = |doubt, right, fields| HeaderRead { doubt, right, fields };
        let curve = Curve::new(&[read(4, 5, 9), read(0, 9, 9), read(2, 8, 8), read(0, 7, 7)]);
        let steps: Vec<_> = curve.steps.iter().map(|s| (s.doubt, s.documents, s.right, s.fields)).collect();
        assert_eq!(steps, [(0, 2, 16, 16), (2, 3, 24, 24), (4, 4, 29, 33)]);
        assert_eq!(curve.accepted_at(0.995).map(|step| step.documents), Some(3));
        assert_eq!(curve.accepted_at(0.8).map(|step| step.documents), Some(4));
        assert_eq!(curve.unreviewed().map(|step| step.documents), Some(2));
    }

    #[test]
    fn with_a_wrong_field_in_the_surest_document_none_is_accepted() {
        let curve = Curve::new(&[HeaderRead { doubt: 0, right: 8, fields: 9 }]);
        assert_eq!(curve.accepted_at(0.995), None);
    }
}
